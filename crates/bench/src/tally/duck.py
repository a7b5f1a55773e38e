"""Asks DuckDB the questions of the bench, and prints times and answers as one JSON object."""

import json
import sys
import time

import duckdb

rows, times, questions = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
base = duckdb.connect()
base.execute("SET threads = 2")
base.execute("CREATE TABLE contact AS SELECT * FROM read_csv(?, header = true, "
             "columns = {'unit': 'INTEGER', 'week': 'INTEGER', 'person': 'BIGINT'})", [rows])
answers = {}
for name, question in questions.items():
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        answer = base.execute(question).fetchall()
        spent.append((time.perf_counter() - began) * 1000)
    answers[name] = {"ms": spent, "answer": answer}
print(json.dumps({"version": duckdb.__version__, "answers": answers}))
