/* cli.h - the commands of the program, as a table.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Help, completion and the man page are made from the table. Options are long ones, --name VALUE or --name=VALUE.
 * Exit codes are those of sysexits.h: 0 fine, 64 usage, 65 bad data, 66 no such file, 69 not available, 70 our mistake,
 * 73 cannot create.
 */
#ifndef TSUBO_CLI_CLI_H
#define TSUBO_CLI_CLI_H

#include "base/arena.h"
#include "base/err.h"
#include "know/know.h"

struct http_app;

struct option_def {
    const char *name;  /* without the dashes */
    const char *value; /* what stands behind it, NULL for a switch */
    const char *help;
};

struct cli {
    struct arena *a;
    int n_args;
    struct str *args; /* what is no option */
    struct {
        const struct option_def *def;
        struct str value;
    } options[16];
    size_t n_options;
    const struct http_app *pages; /* routes, before and error: what the server shows; the rest of it is empty */
};

struct command {
    const char *name;                 /* "data check" has two words */
    const char *args;                 /* "INTAKE.json" */
    const char *help;                 /* one line */
    const struct option_def *options; /* ended by a NULL name */
    int min_args, max_args;
    int (*run)(struct cli *c);
};

/* The value of an option, or `otherwise`. */
struct str cli_option(const struct cli *c, const char *name, struct str otherwise);
bool cli_has(const struct cli *c, const char *name);
/* A whole number option within limits; says so on stderr and returns false when it is not. */
NODISCARD bool cli_number(const struct cli *c, const char *name, int64_t min, int64_t max, int64_t otherwise,
                          int64_t *out);
/* Prints the error and gives its exit code. */
int cli_fail(const struct err *e);
/* The knowledge compiled in; prints its faults and returns NULL when it does not load. */
struct know *cli_know(struct cli *c);

const struct command *cli_commands(size_t *n);
/* Runs the command that argv names. `pages` comes from main, so that commands do not know the screens. */
int cli_main(int argc, char **argv, const struct http_app *pages);

/* one per file */
int cli_serve(struct cli *c);
int cli_demo(struct cli *c);
int cli_plan(struct cli *c);
int cli_course(struct cli *c);
int cli_points(struct cli *c);
int cli_data_check(struct cli *c);
int cli_init(struct cli *c);
int cli_user_add(struct cli *c);
int cli_verify(struct cli *c);
int cli_version(struct cli *c);
int cli_help(struct cli *c);

#endif
