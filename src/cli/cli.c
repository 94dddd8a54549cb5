/* cli.c - the table of commands, their options and help.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

/* clang-format off */
#define DB_OPTION { "db", "FILE", "the clinic's data file (default: $TSUBO_DB or tsubo.db)" }
#define END_OPTION { NULL, NULL, NULL }
/* clang-format on */

static const struct option_def no_options[] = { END_OPTION };
static const struct option_def serve_options[] = {
    DB_OPTION,
    { "address", "ADDRESS", "where to listen (default 127.0.0.1)" },
    { "port", "PORT", "default 8080; 0 takes any free one" },
    { "workers", "N", "threads that answer (default: one per core)" },
    { "behind-proxy", NULL, "trust X-Forwarded-Proto of a proxy on this machine" },
    END_OPTION,
};
static const struct option_def demo_options[] = {
    { "dir", "FOLDER", "where the demo clinic's file lives (default demo-data)" },
    { "port", "PORT", "default 8080; 0 takes any free one" },
    { "workers", "N", "threads that answer (default: one per core)" },
    { "new", NULL, "make the demo clinic anew" },
    END_OPTION,
};
static const struct option_def plan_options[] = {
    { "lang", "en|ja|vi", "language of the plan (default: the intake's)" },
    { "json", NULL, "for machines: ids and numbers" },
    { "svg", "FOLDER", "write the pictures there" },
    { "today", "DATE", "the day to plan for (default: the intake's date, else today)" },
    END_OPTION,
};
static const struct option_def course_options[] = {
    { "json", NULL, "for machines" },
    { "lang", "en|ja|vi", "language (default en)" },
    END_OPTION,
};
static const struct option_def points_options[] = {
    { "near", "LANDMARK", "points placed from this landmark" },
    { "role", "ROLE", "points with this role in low back pain: local, distal_bladder, ..." },
    { "lang", "en|ja|vi", "language (default en)" },
    { "height", "CM", "give distances in centimetres for a body of this height" },
    END_OPTION,
};
static const struct option_def db_options[] = { DB_OPTION, END_OPTION };
static const struct option_def user_options[] = {
    DB_OPTION,
    { "role", "ROLE", "owner, practitioner, reception or auditor (default reception)" },
    { "lang", "en|ja|vi", "language of the screens (default en)" },
    END_OPTION,
};

static const struct command commands[] = {
    { "plan", "INTAKE.json", "a plan for one person: is it safe, points, visits, everyday steps", plan_options, 1, 1,
      cli_plan },
    { "course", "REQUEST.json", "the best course of visits in a diary", course_options, 1, 1, cli_course },
    { "points", "[CODE]", "the atlas: one point, or a list", points_options, 0, 1, cli_points },
    { "data check", "[FOLDER]", "check the clinical tables, compiled in or in a folder", no_options, 0, 1,
      cli_data_check },
    { "init", "CLINIC.json", "make a new clinic's data file", db_options, 1, 1, cli_init },
    { "user add", "LOGIN", "add a log-in; the password is read from standard input", user_options, 1, 1, cli_user_add },
    { "serve", "", "run the clinic's server", serve_options, 0, 0, cli_serve },
    { "demo", "", "make and run a demonstration clinic", demo_options, 0, 0, cli_demo },
    { "verify", "", "compare bookings, claims and the audit chain", db_options, 0, 0, cli_verify },
    { "version", "", "version of program and clinical data", no_options, 0, 0, cli_version },
    { "help", "[COMMAND]", "this, or one command's options", no_options, 0, 2, cli_help },
};

const struct command *cli_commands(size_t *n)
{
    *n = ARRAY_LEN(commands);
    return commands;
}

struct str cli_option(const struct cli *c, const char *name, struct str otherwise)
{
    for (size_t i = 0; i < c->n_options; i++)
        if (strcmp(c->options[i].def->name, name) == 0)
            return c->options[i].value;
    return otherwise;
}

bool cli_has(const struct cli *c, const char *name)
{
    for (size_t i = 0; i < c->n_options; i++)
        if (strcmp(c->options[i].def->name, name) == 0)
            return true;
    return false;
}

bool cli_number(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t otherwise, int64_t *out)
{
    if (!cli_has(c, name)) {
        *out = otherwise;
        return true;
    }
    if (str_to_i64(cli_option(c, name, STR("")), min, max, out))
        return true;
    fprintf(stderr, "tsubo: --%s needs a whole number from %lld to %lld\n", name, (long long)min, (long long)max);
    return false;
}

int cli_fail(const struct err *e)
{
    static const int codes[] = { [ERR_NONE] = EX_SOFTWARE,     [ERR_INPUT] = EX_DATAERR,    [ERR_DENIED] = EX_NOPERM,
                                 [ERR_NOT_FOUND] = EX_NOINPUT, [ERR_CONFLICT] = EX_DATAERR, [ERR_BUSY] = EX_TEMPFAIL,
                                 [ERR_INTERNAL] = EX_SOFTWARE };
    fprintf(stderr, "tsubo: %s\n", e->detail);
    return codes[e->code];
}

struct know *cli_know(struct cli *c)
{
    struct know_faults faults = { .a = c->a };
    size_t n;
    const struct know_file *files = know_builtin_files(&n);
    struct know *k = know_load(files, n, &faults);
    for (size_t i = 0; !k && i < faults.list.n; i++)
        fprintf(stderr, "tsubo: data/%.*s:%zu:%zu: %.*s\n", STR_ARG(faults.list.v[i].file), faults.list.v[i].line,
                faults.list.v[i].column, STR_ARG(faults.list.v[i].what));
    return k;
}

/* ---- help ---- */

static void print_commands(FILE *f)
{
    fputs("Usage: tsubo COMMAND [ARGUMENTS] [--OPTION ...]\n\n", f);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        char head[64];
        snprintf(head, sizeof head, "%s %s", commands[i].name, commands[i].args);
        fprintf(f, "  %-24s %s\n", head, commands[i].help);
    }
    fputs("\ntsubo help COMMAND lists the options of one.\n", f);
}

static void print_command(FILE *f, const struct command *cmd)
{
    fprintf(f, "Usage: tsubo %s %s%s\n%s\n", cmd->name, cmd->args, cmd->options[0].name ? " [--OPTION ...]" : "",
            cmd->help);
    for (const struct option_def *o = cmd->options; o->name; o++) {
        char head[64];
        snprintf(head, sizeof head, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        fprintf(f, "  %-22s %s\n", head, o->help);
    }
}

int cli_version(struct cli *c)
{
    struct know *k = cli_know(c);
    printf("tsubo %s, clinical data %.*s\n", TSUBO_VERSION, STR_ARG(k ? k->version : STR("does not load")));
    know_free(k);
    return k ? 0 : EX_SOFTWARE;
}

/* ---- reading the command line ---- */

/* The command of one or two words; *used says how many. */
static const struct command *find_command(int argc, char **argv, int *used)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        struct str second = str_from(commands[i].name), first = str_cut(&second, ' ');
        *used = second.n ? 2 : 1;
        if (argc > *used && str_eq(str_from(argv[1]), first) && (second.n == 0 || str_eq(str_from(argv[2]), second)))
            return &commands[i];
        if (argc > 1 && second.n == 0 && str_eq(str_from(argv[1]), first))
            return &commands[i];
    }
    return NULL;
}

int cli_help(struct cli *c)
{
    char *argv[4] = { "tsubo", NULL, NULL, NULL };
    int used;
    for (int i = 0; i < c->n_args; i++)
        argv[i + 1] = (char *)str_dup(c->a, c->args[i]).p;
    const struct command *cmd = c->n_args ? find_command(c->n_args + 1, argv, &used) : NULL;
    if (cmd)
        print_command(stdout, cmd);
    else
        print_commands(stdout);
    return 0;
}

static const struct option_def *find_option(const struct command *cmd, struct str name)
{
    for (const struct option_def *o = cmd->options; o->name; o++)
        if (str_eq(str_from(o->name), name))
            return o;
    return NULL;
}

/* One option at argv[i]; returns how many words it took, 0 when it does not fit. */
static int read_option(struct cli *c, const struct command *cmd, int argc, char **argv, int i)
{
    struct str value = str_sub(str_from(argv[i]), 2, SIZE_MAX), name = str_cut(&value, '=');
    bool has_value = strchr(argv[i], '=') != NULL;
    const struct option_def *o = find_option(cmd, name);
    if (!o || c->n_options == ARRAY_LEN(c->options)) {
        fprintf(stderr, "tsubo %s: there is no option --%.*s\n", cmd->name, STR_ARG(name));
        return 0;
    }
    if ((!o->value && has_value) || (o->value && !has_value && i + 1 >= argc)) {
        fprintf(stderr, "tsubo %s: --%s %s\n", cmd->name, o->name, o->value ? "needs a value" : "takes no value");
        return 0;
    }
    bool is_next = o->value && !has_value;
    c->options[c->n_options].def = o;
    c->options[c->n_options++].value = is_next ? str_from(argv[i + 1]) : value;
    return is_next ? 2 : 1;
}

static bool read_words(struct cli *c, const struct command *cmd, int argc, char **argv, int from)
{
    c->args = arena_array(c->a, struct str, (size_t)argc + 1);
    for (int i = from; i < argc;) {
        if (argv[i][0] == '-' && argv[i][1] == '-' && argv[i][2]) {
            int n = read_option(c, cmd, argc, argv, i);
            if (n == 0)
                return false;
            i += n;
        } else {
            c->args[c->n_args++] = str_from(argv[i++]);
        }
    }
    if (c->n_args < cmd->min_args || c->n_args > cmd->max_args) {
        print_command(stderr, cmd);
        return false;
    }
    return true;
}

int cli_main(int argc, char **argv, const struct http_app *pages)
{
    struct arena a = { 0 };
    struct cli c = { .a = &a, .pages = pages };
    int used = 0;
    bool wants_help = argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        argv[1] = "version";
    const struct command *cmd = wants_help ? NULL : find_command(argc, argv, &used);
    if (!cmd) {
        print_commands(wants_help ? stdout : stderr);
        return wants_help && argc > 1 ? 0 : EX_USAGE;
    }
    for (int i = used + 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0) {
            print_command(stdout, cmd);
            return 0;
        }
    int code = read_words(&c, cmd, argc, argv, used + 1) ? cmd->run(&c) : EX_USAGE;
    arena_release(&a);
    return code;
}
