/*
 * Loaded before libc (LD_PRELOAD): fsync and fdatasync fail with EIO for what the file FSYNC_RULE says, a number of
 * calls that still succeed and a path. One that ends with a slash means whatever is below it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int descriptor) {
    char link[64], path[4096], rule[4096], wanted[4096] = "";
    int spared = 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    FILE *file = fopen(getenv("FSYNC_RULE"), "r+");
    if (length < 0 || file == NULL) {
        return 0;
    }
    path[length] = 0;
    if (fgets(rule, sizeof rule, file) == NULL || sscanf(rule, "%d %4095[^\n]", &spared, wanted) != 2) {
        fclose(file);
        return 0;
    }
    size_t size = strlen(wanted);
    int meant = wanted[size - 1] == '/' ? strncmp(path, wanted, size) == 0 : strcmp(path, wanted) == 0;
    if (meant && spared > 0) {
        rewind(file);
        fprintf(file, "%03d", spared - 1);
    }
    fclose(file);
    return meant && spared == 0;
}

static int call(const char *name, int descriptor) {
    if (fails(descriptor)) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int)) dlsym(RTLD_NEXT, name))(descriptor);
}

int fsync(int descriptor) {
    return call("fsync", descriptor);
}

int fdatasync(int descriptor) {
    return call("fdatasync", descriptor);
}
