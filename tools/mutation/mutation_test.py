#!/usr/bin/env python3
"""The logic of tools/mutate, without compiling anything."""

import json
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from mutation import survivors, trial  # noqa: E402
from mutation.operators import (ARITHMETIC, CONDITION, CONSTANT, FLAG, RETURN, STATEMENT,  # noqa: E402
                                mutants_of)
from mutation.summary import Summary  # noqa: E402
from mutation.trial import NOTICED, SURVIVED, Result  # noqa: E402


def mutants(text):
    return [(mutant.kind, mutant.text) for mutant in mutants_of("a.cpp", text)]


def of_kind(kind, text):
    return [changed for other, changed in mutants(text) if other == kind]


class Mutants(unittest.TestCase):
    def test_answers_are_replaced(self):
        self.assertEqual(of_kind(RETURN, "return -1;"), ["return 1;"])
        self.assertEqual(of_kind(RETURN, "return 0;"), ["return -1;"])
        self.assertEqual(of_kind(RETURN, "return done;"), ["return 0;"])
        self.assertEqual(of_kind(RETURN, "return MMSYSERR_NOERROR;"), ["return MMIOERR_CANNOTOPEN;"])
        self.assertEqual(of_kind(RETURN, "return ok ? 0 : MMIOERR_CANNOTCLOSE;"),
                         ["return ok ? -1 : MMIOERR_CANNOTCLOSE;", "return ok ? 0 : 0;"])

    def test_conditions_are_changed(self):
        self.assertEqual(of_kind(CONDITION, "x = a < b && !c;"),
                         ["x = a <= b && !c;", "x = a < b || !c;", "x = a < b && c;"])
        self.assertEqual(of_kind(CONDITION, "if (ready(a)) go();"), ["if (!(ready(a))) go();"])

    def test_template_brackets_pointers_and_references_are_no_operators(self):
        for text in ["auto x = static_cast<int>(y);", "char* a = nullptr;", "void f(T&& a, const T& b);"]:
            self.assertEqual([m for m in mutants(text) if m[0] in (CONDITION, ARITHMETIC)], [], text)

    def test_constants_are_changed(self):
        self.assertEqual(of_kind(CONSTANT, "x = f(0, 1, 7u, 0xFFu, 1'000, true);"),
                         ["x = f(1, 1, 7u, 0xFFu, 1'000, true);", "x = f(0, 0, 7u, 0xFFu, 1'000, true);",
                          "x = f(0, 1, 8u, 0xFFu, 1'000, true);", "x = f(0, 1, 7u, 0x100u, 1'000, true);",
                          "x = f(0, 1, 7u, 0xFFu, 1'000, false);"])

    def test_arithmetic_is_changed(self):
        self.assertEqual(of_kind(ARITHMETIC, "x += a - b;"), ["x -= a - b;", "x += a + b;"])
        self.assertEqual(of_kind(ARITHMETIC, "x = std::min(a, numeric_limits<T>::max());"),
                         ["x = std::max(a, numeric_limits<T>::max());"])

    def test_statements_are_dropped(self):
        self.assertEqual(of_kind(STATEMENT, "{ a = 1; f(b); }"), ["{ ; f(b); }", "{ a = 1; ; }"])
        self.assertEqual(of_kind(STATEMENT, "{ if (a) return 1; return 2; }"), ["{ if (a) ; return 2; }"])
        self.assertEqual(of_kind(STATEMENT, "{ case 1: a = 1; break; }"),
                         ["{ case 1: ; break; }", "{ case 1: a = 1; ; }"])

    def test_declarations_and_choices_are_no_statements(self):
        for text in ["{ int a = f(); }", "{ const T* a = f(); }", "{ std::string a(f()); }", "{ T* a = f(); }",
                     "{ return a ? b : f(); }"]:
            self.assertEqual(of_kind(STATEMENT, text), [], text)

    def test_origins_and_flags_are_swapped(self):
        self.assertEqual(of_kind(FLAG, "if (flags & MMIO_CREATE) seek(SEEK_SET);"),
                         ["if (flags & MMIO_DELETE) seek(SEEK_SET);", "if (flags & MMIO_CREATE) seek(SEEK_CUR);"])

    def test_comments_strings_and_preprocessor_lines_are_left_alone(self):
        for text in ["// a = 1 + 2;\n", "/* if (a < b)\n return -1; */", "#define A (1 + \\\n 2)\n",
                     "  #if 1 && 0\n", 'auto a = "x < 1; \\" + 2";', "auto a = '1';", 'auto a = R"x(1 + ")" 2)x";']:
            self.assertEqual(mutants(text), [], text)

    def test_a_mutant_says_where_it_is(self):
        mutant = next(mutants_of("a.cpp", "int a;\n\n  a  = b + c;  // WR-05: a + b\n"))
        self.assertEqual((mutant.source, mutant.line, mutant.kind), ("a.cpp", 3, STATEMENT))
        self.assertEqual((mutant.before, mutant.after), ("a = b + c;", ";"))

    def test_a_statement_of_several_lines_is_shown_whole(self):
        mutant = next(mutants_of("a.cpp", "{\n  f(a,\n    b);\n}\n"))
        self.assertEqual((mutant.line, mutant.before, mutant.after), (2, "f(a, b);", ";"))


def results_of(text, outcomes):
    return [Result(mutant, outcome, "") for mutant, outcome in zip(mutants_of("a.cpp", text), outcomes, strict=True)]


class Explanations(unittest.TestCase):
    TEXT = "return -1;\nreturn a < b;\n"
    FIRST = ("a.cpp", "return -1;", "return 1;")
    SECOND = ("a.cpp", "return a < b;", "return a <= b;")
    ENTRY = {"source": "a", "before": "b", "after": "c", "verdict": "allowed", "reason": "d"}

    def stale(self, reasons, outcomes, tried=2):
        results = results_of(self.TEXT, outcomes)
        return survivors.stale(reasons, [result.mutant for result in results], results[:tried])

    def test_that_of_a_survivor_holds(self):
        self.assertEqual(self.stale({self.FIRST: "why"}, [SURVIVED, NOTICED]), [])

    def test_that_of_a_noticed_mutant_is_stale(self):
        self.assertEqual(self.stale({self.SECOND: "why"}, [SURVIVED, NOTICED]), [self.SECOND])

    def test_that_of_a_line_that_is_gone_is_stale(self):
        gone = ("a.cpp", "return 2;", "return 3;")
        self.assertEqual(self.stale({gone: "why"}, [SURVIVED, NOTICED]), [gone])

    def test_that_of_a_mutant_that_was_not_tried_may_hold(self):
        self.assertEqual(self.stale({self.SECOND: "why"}, [SURVIVED, NOTICED], tried=1), [])

    def test_equal_lines_share_one(self):
        results = results_of("return -1;\nreturn -1;\n", [SURVIVED, NOTICED])
        self.assertEqual(survivors.stale({self.FIRST: "why"}, [result.mutant for result in results], results), [])

    def test_a_broken_file_is_told(self):
        for text in ["[", '[{"source": "a.cpp"}]',
                     json.dumps([dict(self.ENTRY, reason="")]), json.dumps([dict(self.ENTRY, verdict="good")]),
                     json.dumps([self.ENTRY] * 2)]:
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "explanations.json"
                path.write_text(text)
                with self.assertRaises(survivors.BadExplanations, msg=text):
                    survivors.read_explanations(path)

    def test_those_of_the_project_can_be_read(self):
        path = pathlib.Path(__file__).resolve().parent.parent / "mutate_survivors.json"
        self.assertGreater(len(survivors.read_explanations(path)), 0)


class Summaries(unittest.TestCase):
    @staticmethod
    def summary(outcomes, verdict=None):
        explanations = {Explanations.SECOND: survivors.Explanation(verdict, "why")} if verdict else {}
        return Summary(results_of(Explanations.TEXT, outcomes), explanations, [])

    def test_every_survivor_needs_an_explanation(self):
        self.assertFalse(self.summary([NOTICED, SURVIVED]).is_enough(50))
        self.assertTrue(self.summary([NOTICED, SURVIVED], survivors.OUT_OF_REACH).is_enough(50))

    def test_enough_of_the_faults_must_be_noticed(self):
        self.assertFalse(self.summary([NOTICED, SURVIVED], survivors.OUT_OF_REACH).is_enough(51))
        self.assertTrue(self.summary([NOTICED, SURVIVED], survivors.EQUIVALENT).is_enough(100))
        self.assertTrue(self.summary([NOTICED, SURVIVED], survivors.ALLOWED).is_enough(100))

    def test_what_does_not_compile_or_change_anything_is_not_noticed(self):
        summary = self.summary([trial.DOES_NOT_COMPILE, trial.SAME_CODE])
        self.assertFalse(summary.is_enough(0))
        self.assertEqual(json.loads(summary.as_json())["total"],
                         {"mutants": 0, "noticed": 0, "no_fault": 0, "share": None, "does_not_compile": 1,
                          "same_code": 1})

    def test_an_error_of_the_suite_is_not_enough(self):
        summary = self.summary([NOTICED, trial.ERROR])
        self.assertFalse(summary.is_enough(0))
        self.assertIn("ERROR", summary.as_text())

    def test_the_text_shows_survivors_with_their_lines(self):
        text = self.summary([NOTICED, SURVIVED]).as_text()
        self.assertIn("a.cpp:2: condition survived\n  - return a < b;\n  + return a <= b;\n  NOT EXPLAINED", text)
        self.assertRegex(text, r"(?m)^a\.cpp +2 +1 +0 +50\.0%$")

    def test_the_text_says_why_a_survivor_may_survive(self):
        text = self.summary([NOTICED, SURVIVED], survivors.ALLOWED).as_text()
        self.assertIn("\n  + return a <= b;\n  allowed: why\n", text)
        self.assertRegex(text, r"(?m)^a\.cpp +2 +1 +1 +100\.0%$")


if __name__ == "__main__":
    unittest.main()
