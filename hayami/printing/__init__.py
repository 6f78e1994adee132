"""The booklet as PDF: setting (WeasyPrint), proving, imposing (pikepdf), and keeping what was made before."""
