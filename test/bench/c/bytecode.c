/* The core's tables and bytecode in C: what a compiler makes of the same work without WebAssembly in between. Of the language
   it knows what the benchmark's rules use; whatever else it meets ends it with a message. abi.h is written from the core's own
   constants; the memory begins as the linker laid it out.

   bytecode MEMORY EVENTS FIRED ROUNDS: prints nanoseconds an event, the median of the rounds and those of
   the tenth of all batches that was least disturbed; leaves the rules that fired in FIRED. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "abi.h"

enum { BATCH = 4096 };
static const uint64_t UNKNOWN = 0x7ffc000000000000ull, FALSE_VALUE = 0x7ffd000000000000ull, TRUE_VALUE = 0x7ffd000000000001ull;
static uint8_t *memory;

#define U32(at) (*(uint32_t *)(memory + (at)))
#define U64(at) (*(uint64_t *)(memory + (at)))
#define F64(at) (*(double *)(memory + (at)))

static uint32_t slots, slot_table, rules, rule_table;

static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(2);
}

static inline int is_number(uint64_t value) { return (value & 0x7ff0000000000000ull) != 0x7ff0000000000000ull; }
static inline double number_of(uint64_t value) {
  double number;
  memcpy(&number, &value, 8);
  return number;
}

static inline uint64_t box(uint32_t slot, double raw) {
  if (isnan(raw)) return UNKNOWN;
  if (U32(slot_table + slot * TABLE_SIZE + TABLE_BOOLEAN)) return raw != 0 ? TRUE_VALUE : FALSE_VALUE;
  uint64_t bits;
  raw += 0.0;
  memcpy(&bits, &raw, 8);
  return bits;
}

/* Stores a report; false when nothing changed. */
static inline int take_report(uint32_t slot, uint64_t value) {
  uint32_t at = slots + slot * SLOT_SIZE;
  if (U64(at + SLOT_VALUE) == value) return 0;
  U64(at + SLOT_VALUE) = value;
  if (value != UNKNOWN) U64(at + SLOT_KNOWN) = value;
  F64(at + SLOT_CHANGED) = F64(H_NOW);
  U32(at + SLOT_ORIGIN) = DEVICE_ORIGIN;
  uint32_t table = slot_table + slot * TABLE_SIZE;
  if (U32(table + TABLE_HOLD_COUNT) | U32(table + TABLE_CHAIN)) fail("holds and chains are not in this benchmark");
  return 1;
}

static inline int fires(uint32_t kind, uint32_t entry, uint64_t previous, uint64_t value) {
  if (previous == UNKNOWN || value == UNKNOWN) return 0;
  if (kind == ENTRY_EQUALS) return value == U64(entry + ENTRY_VALUE) && previous != value;
  double limit = F64(entry + ENTRY_VALUE), number = number_of(value), before = number_of(previous);
  if (kind == ENTRY_ABOVE) return (number > limit) & !(before > limit);
  if (kind == ENTRY_BELOW) return (number < limit) & !(before < limit);
  fail("an entry that is not in this benchmark");
  return 0;
}

/* 0 unknown, 1 no, 2 yes. */
static inline uint32_t compare(uint32_t op, uint64_t value, uint32_t at) {
  if (value == UNKNOWN) return 0;
  if (op == OP_EQUAL_TO) return value == U64(at + OP_VALUE) ? 2 : 1;
  if (!is_number(value)) return 0;
  double number = number_of(value), limit = F64(at + OP_VALUE);
  if (op == OP_ABOVE) return number > limit ? 2 : 1;
  if (op == OP_BELOW) return number < limit ? 2 : 1;
  return (op == OP_AT_LEAST ? number >= limit : number <= limit) ? 2 : 1;
}

static int evaluate(uint32_t at) {
  for (;;) {
    uint32_t op = memory[at];
    if (op == OP_PASS) return 1;
    if (op == OP_FAIL) return 0;
    if (op < OP_EQUAL_TO || op > OP_AT_MOST) fail("an instruction that is not in this benchmark");
    uint32_t answer = compare(op, U64(slots + U32(at + OP_A) * SLOT_SIZE + SLOT_VALUE), at);
    int passes = answer == (memory[at + OP_NEGATED] ? 1u : 2u);
    at = passes == (memory[at + OP_JUMPS_ON_PASS] != 0) ? U32(at + OP_TARGET) : at + OP_SIZE;
  }
}

static void write_rows(uint32_t rule, uint32_t list, uint32_t count) {
  uint32_t row = U32(H_ROW_COUNT);
  for (uint32_t i = 0; i < count; i++, row++) {
    U32(U32(H_ROW_RULES) + row * 4) = rule;
    U32(U32(H_ROW_SLOTS) + row * 4) = U32(list + i * 16);
    F64(U32(H_ROW_VALUES) + row * 8) = F64(list + i * 16 + 8);
  }
  U32(H_ROW_COUNT) = row;
}

static void start(uint32_t rule) {
  uint32_t state = rules + rule * RULE_SIZE, code = rule_table + rule * CODE_SIZE, mark = U32(H_INPUT_MARK);
  if (U32(state + RULE_MARK) == mark || !U32(state + RULE_ENABLED)) return;
  if (U32(state + RULE_RUNNING) || U32(code + CODE_INSTANT) != INSTANT_ROWS) fail("a run that is not in this benchmark");
  if (U32(H_ROW_COUNT) + INSTANT_ROWS_MAX > U32(H_ROW_CAPACITY)) fail("more rows than there is room for");
  U32(state + RULE_MARK) = mark;
  uint32_t conditions = U32(code + CODE_CONDITIONS);
  if (conditions && !evaluate(conditions)) return;
  U32(state + RULE_RUN_COUNTER) += 1;
  for (uint32_t at = U32(code + CODE_ACTIONS); memory[at] != OP_FINISH; at += OP_SIZE) {
    if (memory[at] != OP_SET_ROWS || U32(at + OP_B)) fail("an action that is not in this benchmark");
    write_rows(rule, U32(at + OP_VALUE), U32(at + OP_VALUE + 4));
  }
}

static void step(uint32_t slot, double raw) {
  F64(H_SEQUENCE) += 1;
  U32(H_INPUT_MARK) += 1;
  uint64_t value = box(slot, raw);
  uint64_t previous = U64(slots + slot * SLOT_SIZE + SLOT_KNOWN);
  if (!take_report(slot, value)) return;
  uint32_t table = slot_table + slot * TABLE_SIZE, entry = U32(table + TABLE_ENTRIES);
  uint32_t end = entry + U32(table + TABLE_ENTRY_COUNT) * ENTRY_SIZE;
  for (; entry < end; entry += ENTRY_SIZE) {
    if (fires(U32(entry + ENTRY_KIND), entry, previous, value)) start(U32(entry + ENTRY_RULE));
  }
}

static uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) fail("a file is missing");
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(*size);
  if (fread(bytes, 1, *size, file) != *size) fail("a file cannot be read");
  fclose(file);
  return bytes;
}

static double now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *a, const void *b) { return (*(double *)a > *(double *)b) - (*(double *)a < *(double *)b); }

int main(int argc, char **argv) {
  if (argc != 5) fail("expected: bytecode MEMORY EVENTS FIRED ROUNDS");
  size_t size, events_size;
  uint8_t *first = read_file(argv[1], &size), *events = read_file(argv[2], &events_size);
  size_t count = events_size / 12;
  int rounds = atoi(argv[4]);
  size_t batches = 0;
  double *values = (double *)events, *took = malloc(rounds * sizeof(double)), *calm = malloc(rounds * (count / BATCH + 1) * sizeof(double));
  uint32_t *slots_of = (uint32_t *)(events + count * 8), *fired = malloc(count * 4), total = 0;
  memory = malloc(size);
  for (int round = 0; round < rounds; round++) {
    memcpy(memory, first, size);
    slots = U32(H_SLOTS), slot_table = U32(H_SLOT_TABLE), rules = U32(H_RULES), rule_table = U32(H_RULE_TABLE);
    double spent = 0;
    total = 0;
    for (size_t from = 0; from < count; from += BATCH) {
      size_t end = from + BATCH < count ? from + BATCH : count;
      double started = now_ns();
      U32(H_ROW_COUNT) = 0;
      for (size_t i = from; i < end; i++) step(slots_of[i], values[i]);
      calm[batches] = (now_ns() - started) / (end - from);
      spent += calm[batches++] * (end - from);
      for (uint32_t row = 0; row < U32(H_ROW_COUNT); row++) fired[total++] = U32(U32(H_ROW_RULES) + row * 4);
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
