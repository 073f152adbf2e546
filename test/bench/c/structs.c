/* The benchmark's rules as a C programmer would write them who knows nothing but these rules: a struct for each property with
   its one rule in it. It keeps what the core keeps of a property and of a rule, and writes the same rows.

   structs RULES EVENTS FIRED ROUNDS: prints nanoseconds an event, the median of the rounds and those of
   the tenth of all batches that was least disturbed; leaves the rules that fired in FIRED. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCH = 4096 };

typedef struct {
  double value, known, changed;
  uint32_t origin, entries;
} Property;

typedef struct {
  double above, not_above;
  uint32_t enabled, mark, runs, target;
} Rule;

static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(2);
}

static double now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *a, const void *b) { return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b); }

static Property *properties;
static Rule *rules;
static uint32_t row_rules[BATCH], row_slots[BATCH], row_count, mark;
static double row_values[BATCH], sequence, now = 1767614400000.0;

static void step(uint32_t slot, double value) {
  sequence += 1;
  mark += 1;
  Property *property = &properties[slot];
  double before = property->known;
  if (property->value == value) return;
  property->value = value;
  if (!isnan(value)) property->known = value;
  property->changed = now;
  property->origin = 0;
  if (isnan(before) || isnan(value)) return;
  Rule *rule = &rules[slot];
  if (!(value > rule->above) || before > rule->above) return;
  if (!rule->enabled || rule->mark == mark) return;
  rule->mark = mark;
  if (value > rule->not_above) return;
  rule->runs += 1;
  row_rules[row_count] = slot;
  row_slots[row_count] = rule->target;
  row_values[row_count++] = 1;
}

int main(int argc, char **argv) {
  if (argc != 5) fail("expected: structs RULES EVENTS FIRED ROUNDS");
  int count_of_rules = atoi(argv[1]), rounds = atoi(argv[4]);
  size_t batches = 0;
  FILE *file = fopen(argv[2], "rb");
  if (!file) fail("a file is missing");
  fseek(file, 0, SEEK_END);
  size_t size = (size_t)ftell(file), count = size / 12;
  rewind(file);
  uint8_t *events = malloc(size);
  if (fread(events, 1, size, file) != size) fail("a file cannot be read");
  fclose(file);
  double *values = (double *)events, *took = malloc(rounds * sizeof(double)), *calm = malloc(rounds * (count / BATCH + 1) * sizeof(double));
  uint32_t *slots = (uint32_t *)(events + count * 8), *fired = malloc(count * 4), total = 0;
  properties = malloc(count_of_rules * sizeof(Property));
  rules = malloc(count_of_rules * sizeof(Rule));
  for (int round = 0; round < rounds; round++) {
    for (int i = 0; i < count_of_rules; i++) {
      properties[i] = (Property){NAN, NAN, 0, 0, 1};
      rules[i] = (Rule){15 + i % 10, 39, 1, 0, 0, count_of_rules + i};
    }
    double spent = 0;
    mark = total = 0;
    for (size_t from = 0; from < count; from += BATCH) {
      size_t end = from + BATCH < count ? from + BATCH : count;
      double started = now_ns();
      row_count = 0;
      for (size_t i = from; i < end; i++) step(slots[i], values[i]);
      calm[batches] = (now_ns() - started) / (end - from);
      spent += calm[batches++] * (end - from);
      for (uint32_t row = 0; row < row_count; row++) fired[total++] = row_rules[row];
    }
    took[round] = spent / count;
  }
  qsort(took, rounds, sizeof(double), ascending);
  qsort(calm, batches, sizeof(double), ascending);
  FILE *out = fopen(argv[3], "wb");
  fwrite(fired, 4, total, out);
  fclose(out);
  printf("%f %f\n", took[rounds / 2], calm[batches / 10]);
  return 0;
}
