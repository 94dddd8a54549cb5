/* catalogue.c - turns the po files into enum msg and the sentences of each language.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: gen-catalogue OUT.c OUT.h PO...   where each PO is DIR/LANG/AREA.po
 *
 * A msgid is the id of a sentence ("plan.title" becomes MSG_PLAN_TITLE). Fails when a sentence is missing or empty in a
 * language, stands twice, or has other {placeholders} than the English one.
 */
#include <ctype.h>
#include <gettext-po.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGS = 3, MAX_IDS = 4000 };
static const char *const langs[LANGS] = { "en", "ja", "vi" };

struct sentence {
    char *id;
    char *text[LANGS];
};
static struct sentence all[MAX_IDS];
static size_t n_all;
static int faults;

static void fault(const char *file, const char *id, const char *what)
{
    fprintf(stderr, "%s: \"%s\": %s\n", file, id, what);
    faults++;
}

static struct sentence *sentence_for(const char *id)
{
    for (size_t i = 0; i < n_all; i++)
        if (strcmp(all[i].id, id) == 0)
            return &all[i];
    if (n_all == MAX_IDS) {
        fputs("gen-catalogue: too many sentences\n", stderr);
        exit(1);
    }
    all[n_all].id = strdup(id);
    return &all[n_all++];
}

static int lang_of(const char *path)
{
    for (int l = 0; l < LANGS; l++) {
        char part[8];
        snprintf(part, sizeof part, "/%s/", langs[l]);
        if (strstr(path, part))
            return l;
    }
    fprintf(stderr, "%s: the folder is not a language\n", path);
    exit(1);
}

static void on_error(int severity, po_message_t m, const char *file, size_t line, size_t col, int multi,
                     const char *text)
{
    (void)m, (void)multi;
    fprintf(stderr, "%s:%zu:%zu: %s\n", file ? file : "?", line, col, text);
    faults += severity >= PO_SEVERITY_ERROR;
}

static void on_error2(int severity, po_message_t m1, const char *f1, size_t l1, size_t c1, int multi1, const char *t1,
                      po_message_t m2, const char *f2, size_t l2, size_t c2, int multi2, const char *t2)
{
    on_error(severity, m1, f1, l1, c1, multi1, t1);
    on_error(severity, m2, f2, l2, c2, multi2, t2);
}

static void read_po(const char *path)
{
    struct po_xerror_handler handler = { on_error, on_error2 };
    po_file_t file = po_file_read(path, &handler);
    int lang = lang_of(path);
    if (!file) {
        fault(path, "", "cannot be read");
        return;
    }
    po_message_iterator_t it = po_message_iterator(file, NULL);
    for (po_message_t m; (m = po_next_message(it)) != NULL;) {
        const char *id = po_message_msgid(m), *text = po_message_msgstr(m);
        if (!*id)
            continue;
        struct sentence *s = sentence_for(id);
        if (s->text[lang])
            fault(path, id, "stands twice in this language");
        else if (!*text || po_message_is_fuzzy(m))
            fault(path, id, "is empty or unsure");
        else
            s->text[lang] = strdup(text);
    }
    po_message_iterator_free(it);
    po_file_free(file);
}

/* Bits of the placeholders {0}..{9} in a text. */
static unsigned placeholders(const char *s)
{
    unsigned bits = 0;
    for (; *s; s++)
        if (s[0] == '{' && isdigit((unsigned char)s[1]) && s[2] == '}')
            bits |= 1u << (s[1] - '0');
    return bits;
}

static void check(void)
{
    for (size_t i = 0; i < n_all; i++)
        for (int l = 0; l < LANGS; l++) {
            if (!all[i].text[l])
                fault(langs[l], all[i].id, "is missing");
            else if (all[i].text[0] && placeholders(all[i].text[l]) != placeholders(all[i].text[0]))
                fault(langs[l], all[i].id, "has other placeholders than the English sentence");
        }
}

static void put_name(FILE *f, const char *id)
{
    fputs("MSG_", f);
    for (; *id; id++)
        fputc(isalnum((unsigned char)*id) ? toupper((unsigned char)*id) : '_', f);
}

static void put_literal(FILE *f, const char *s)
{
    fputc('"', f);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            fprintf(f, "\\%c", c);
        else if (c == '\n')
            fputs("\\n", f);
        else
            fputc(c, f);
    }
    fputc('"', f);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct sentence *)a)->id, ((const struct sentence *)b)->id);
}

static FILE *open_out(const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f) {
        perror(path);
        exit(1);
    }
    return f;
}

static void write_header(const char *path)
{
    FILE *f = open_out(path);
    fputs(
        "/* Made by gen/catalogue.c from po/. */\n#ifndef TSUBO_MSG_H\n#define TSUBO_MSG_H\nenum msg {\n    MSG_NONE,\n",
        f);
    for (size_t i = 0; i < n_all; i++) {
        fputs("    ", f);
        put_name(f, all[i].id);
        fputs(",\n", f);
    }
    fputs("    MSG__COUNT\n};\n#endif\n", f);
    fclose(f);
}

static void write_table(const char *path)
{
    FILE *f = open_out(path);
    fputs("/* Made by gen/catalogue.c from po/. */\n#include \"text/text.h\"\n\n", f);
    fputs(
        "const struct text_entry text_entries[] = {\n    { STR_INIT(\"\"), { { STR_INIT(\"\"), STR_INIT(\"\"), STR_INIT(\"\") } } },\n",
        f);
    for (size_t i = 0; i < n_all; i++) {
        fputs("    { STR_INIT(", f);
        put_literal(f, all[i].id);
        fputs("), { { ", f);
        for (int l = 0; l < LANGS; l++) {
            fputs(l ? ", STR_INIT(" : "STR_INIT(", f);
            put_literal(f, all[i].text[l] ? all[i].text[l] : "");
            fputs(")", f);
        }
        fputs(" } } },\n", f);
    }
    fputs("};\n", f);
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    for (int i = 3; i < argc; i++)
        read_po(argv[i]);
    check();
    if (faults)
        return 1;
    qsort(all, n_all, sizeof *all, by_id);
    write_table(argv[1]);
    write_header(argv[2]);
    return 0;
}
