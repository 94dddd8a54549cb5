/* embed.c - puts files into the program as arrays.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Usage: gen-embed OUT.c TYPE NAME ROOT FILE...   ROOT -: the files are named without their folder
 * Writes `const struct TYPE NAME[] = { { STR(path under ROOT), { bytes, n } }, ... }; const size_t NAME_n = ...;`
 * TYPE is a struct of two strs, name and content.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A string literal compiles many times faster than a list of numbers. */
static void put_byte(FILE *out, int c)
{
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?')
        putc(c, out);
    else
        fprintf(out, "\\%03o", (unsigned)c);
}

/* FNV-1a, the same as str_hash: the version in an asset's address. */
static unsigned long long content_hash;

static size_t put_bytes(FILE *out, size_t index, const char *path)
{
    content_hash = 14695981039346656037ULL;
    FILE *in = fopen(path, "rb");
    size_t n = 0;
    if (!in) {
        perror(path);
        exit(1);
    }
    fprintf(out, "static const char file_%zu[] =\n\"", index);
    for (int c; (c = getc(in)) != EOF; n++) {
        if (n && n % 100 == 0)
            fputs("\"\n\"", out);
        put_byte(out, c);
        content_hash = (content_hash ^ (unsigned char)c) * 1099511628211ULL;
    }
    fputs("\";\n", out);
    fclose(in);
    return n;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    FILE *out = fopen(argv[1], "w");
    size_t root = strlen(argv[4]), n = (size_t)(argc - 5);
    size_t *sizes = calloc(n + 1, sizeof *sizes);
    unsigned long long *hashes = calloc(n + 1, sizeof *hashes);
    int with_hash = strcmp(argv[2], "asset") == 0; /* struct asset has a third member */
    if (!out || !sizes || !hashes)
        return 1;
    fprintf(out, "/* Made by gen/embed.c. */\n#include \"%s.h\"\n\n", argv[3]);
    for (size_t i = 0; i < n; i++) {
        sizes[i] = put_bytes(out, i, argv[5 + i]);
        hashes[i] = content_hash;
    }
    fprintf(out, "const struct %s %s[] = {\n", argv[2], argv[3]);
    for (size_t i = 0; i < n; i++) {
        const char *name = argv[5 + i];
        const char *slash = strrchr(name, '/');
        if (strcmp(argv[4], "-") == 0)
            name = slash ? slash + 1 : name;
        else if (strncmp(name, argv[4], root) == 0)
            name += root + (name[root] == '/');
        fprintf(out, "    { STR_INIT(\"%s\"), { file_%zu, %zu }", name, i, sizes[i]);
        if (with_hash)
            fprintf(out, ", 0x%llxULL", hashes[i]);
        fputs(" },\n", out);
    }
    fprintf(out, "    { STR_INIT(\"\"), STR_INIT(\"\") }\n};\nconst size_t %s_n = %zu;\n", argv[3], n);
    return fclose(out) ? 1 : 0;
}
