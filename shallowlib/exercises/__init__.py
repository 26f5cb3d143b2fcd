"""Checkers of the book's exercises: a module a chapter, a function an exercise.

    from shallowlib.exercises import activation_slopes as check
    check.slope_maximum("1/4")

A checker is named as its exercise and takes what the reader was asked for. It
returns a :class:`~shallowlib.exercises.answers.Verdict`, whose message says
what is right, or what went wrong.
"""
