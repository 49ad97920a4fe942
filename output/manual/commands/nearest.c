/* The k nearest neighbours among a bootstrap sample of the fit rows, by Euclidean distance. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 4096, COLUMNS = 64, TEXT = 1 << 16 };

struct table { int rows, columns; double x[ROWS][COLUMNS]; char target[ROWS][64]; };

/* The text behind "name": in the request, up to a quote, a comma or a brace. */
static const char *field(const char *request, const char *name) {
  static char value[4096];
  char key[64];
  snprintf(key, sizeof key, "\"%s\":", name);
  const char *start = strstr(request, key);
  if (!start) { fprintf(stderr, "the request has no %s\n", name); exit(1); }
  start += strlen(key);
  if (*start == '"') start++;
  size_t length = strcspn(start, ",\"}");
  memcpy(value, start, length);
  value[length] = 0;
  return value;
}

static void read_table(const char *path, struct table *t) {
  static char line[TEXT];
  FILE *file = fopen(path, "r");
  if (!file || !fgets(line, TEXT, file)) { fprintf(stderr, "cannot read %s\n", path); exit(1); }
  for (t->rows = 0; t->rows < ROWS && fgets(line, TEXT, file); t->rows++) {
    line[strcspn(line, "\n")] = 0;
    char *last = strrchr(line, ',');
    snprintf(t->target[t->rows], 64, "%s", last + 1);
    char *next = strchr(line, ',');
    for (t->columns = 0; next < last && t->columns < COLUMNS; t->columns++)
      t->x[t->rows][t->columns] = strtod(next + 1, &next);
  }
  fclose(file);
}

static unsigned long long state;
static unsigned below(unsigned bound) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (unsigned)((state >> 33) % bound);
}

static struct table fit, score;

int main(void) {
  static char request[TEXT];
  if (!fgets(request, TEXT, stdin)) return 1;
  read_table(field(request, "fit"), &fit);
  read_table(field(request, "score"), &score);
  int k = atoi(field(request, "k")), right = 0;
  state = strtoull(field(request, "random"), NULL, 10);
  static int sample[ROWS];
  for (int i = 0; i < fit.rows; i++) sample[i] = (int)below((unsigned)fit.rows);
  for (int i = 0; i < score.rows; i++) {
    double nearest[64];
    int whose[64], found = 0;
    for (int s = 0; s < fit.rows; s++) {
      double distance = 0;
      for (int j = 0; j < fit.columns; j++) {
        double difference = score.x[i][j] - fit.x[sample[s]][j];
        distance += difference * difference;
      }
      int place = found < k ? found++ : k - 1;
      if (found == k && place == k - 1 && s >= k && distance >= nearest[k - 1]) continue;
      for (; place > 0 && nearest[place - 1] > distance; place--) {
        nearest[place] = nearest[place - 1];
        whose[place] = whose[place - 1];
      }
      nearest[place] = distance;
      whose[place] = sample[s];
    }
    const char *best = "";
    int most = 0;
    for (int a = 0; a < found; a++) {
      int votes = 0;
      for (int b = 0; b < found; b++) votes += !strcmp(fit.target[whose[a]], fit.target[whose[b]]);
      if (votes > most) { most = votes; best = fit.target[whose[a]]; }
    }
    right += !strcmp(best, score.target[i]);
  }
  printf("{\"measures\": {\"accuracy\": %.17g}}\n", (double)right / score.rows);
  return 0;
}
