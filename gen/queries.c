/* queries.c - turns sql/AREA.sql into enum query and the text of each statement.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: gen-queries OUT.c OUT.h FILE...
 * A statement starts with `-- name: booking_overlaps` (or `booking_overlaps:sqlite` / `:postgres` where the two differ)
 * and ends before the next name. Q_BOOKING_OVERLAPS is its enum; query_text(q, dialect) its SQL.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIALECTS = 2, MAX_QUERIES = 1000, MAX_LINE = 1000, MAX_SQL = 20000 };
static const char *const dialects[DIALECTS] = { "sqlite", "postgres" };

struct query {
    char name[80];
    char *sql[DIALECTS];
};
static struct query all[MAX_QUERIES];
static size_t n_all;

static void die(const char *file, int line, const char *what)
{
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    exit(1);
}

static struct query *query_for(const char *name)
{
    for (size_t i = 0; i < n_all; i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    if (n_all == MAX_QUERIES)
        die(name, 0, "too many statements");
    snprintf(all[n_all].name, sizeof all->name, "%s", name);
    return &all[n_all++];
}

static void keep(struct query *q, int dialect, const char *sql, const char *file, int line)
{
    for (int d = 0; d < DIALECTS; d++)
        if (dialect < 0 || dialect == d) {
            if (q->sql[d])
                die(file, line, "this statement stands twice");
            q->sql[d] = strdup(sql);
        }
}

static int split_dialect(char *name)
{
    char *colon = strchr(name, ':');
    if (!colon)
        return -1;
    *colon = '\0';
    for (int d = 0; d < DIALECTS; d++)
        if (strcmp(colon + 1, dialects[d]) == 0)
            return d;
    die(name, 0, "unknown dialect");
    return -1;
}

static void read_sql(const char *path)
{
    static char line[MAX_LINE], sql[MAX_SQL], name[80];
    FILE *f = fopen(path, "r");
    struct query *q = NULL;
    int no = 0, dialect = -1;
    if (!f)
        die(path, 0, "cannot be read");
    sql[0] = '\0';
    while (fgets(line, sizeof line, f)) {
        no++;
        if (strncmp(line, "-- name:", 8) == 0) {
            if (q)
                keep(q, dialect, sql, path, no);
            if (sscanf(line + 8, " %79s", name) != 1)
                die(path, no, "a name is missing");
            dialect = split_dialect(name);
            q = query_for(name);
            sql[0] = '\0';
        } else if (q && strncmp(line, "--", 2) != 0) {
            if (strlen(sql) + strlen(line) + 1 > sizeof sql)
                die(path, no, "the statement is too long");
            strcat(sql, line);
        }
    }
    if (q)
        keep(q, dialect, sql, path, no);
    fclose(f);
}

static void put_upper(FILE *f, const char *s)
{
    for (; *s; s++)
        fputc(toupper((unsigned char)*s), f);
}

static void put_literal(FILE *f, const char *s)
{
    fputc('"', f);
    for (; s && *s; s++) {
        if (*s == '\n')
            fputs("\\n", f);
        else if (*s == '"' || *s == '\\')
            fprintf(f, "\\%c", *s);
        else
            fputc(*s, f);
    }
    fputc('"', f);
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    for (int i = 3; i < argc; i++)
        read_sql(argv[i]);
    FILE *c = fopen(argv[1], "w"), *h = fopen(argv[2], "w");
    if (!c || !h)
        return 1;
    fputs("/* Made by gen/queries.c from sql/. */\n#ifndef TSUBO_QUERIES_H\n#define TSUBO_QUERIES_H\nenum query {\n",
          h);
    fputs(
        "/* Made by gen/queries.c from sql/. */\n#include \"db/query.h\"\n\nconst struct query_def query_defs[] = {\n",
        c);
    for (size_t i = 0; i < n_all; i++) {
        fputs("    Q_", h);
        put_upper(h, all[i].name);
        fputs(",\n", h);
        fprintf(c, "    { \"%s\", { ", all[i].name);
        for (int d = 0; d < DIALECTS; d++) {
            put_literal(c, all[i].sql[d]);
            fputs(d + 1 < DIALECTS ? ",\n      " : " } },\n", c);
        }
    }
    fputs("    Q__COUNT\n};\n#endif\n", h);
    fputs("};\n", c);
    return fclose(c) || fclose(h) ? 1 : 0;
}
