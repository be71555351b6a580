"""Writes scikit-learn's toy sets as CSV, with short column names: `python3 export.py` in this folder (scikit-learn 1.2)."""
import csv

from sklearn import datasets

SETS = {
    "wine": (datasets.load_wine, "cultivar"),
    "breast-cancer": (datasets.load_breast_cancer, "diagnosis"),
    "diabetes": (lambda: datasets.load_diabetes(scaled=False), "progression"),
    "digits": (datasets.load_digits, "digit"),
}

for name, (load, target) in SETS.items():
    data = load()
    names = [str(feature).replace(" (cm)", "").replace(" ", "_").replace("/", "_") for feature in data.feature_names]
    classes = None if name in ("diabetes", "digits") else [str(label) for label in data.target_names]
    with open(f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*names, target])
        for row, label in zip(data.data, data.target):
            told = classes[int(label)] if classes else (f"d{int(label)}" if name == "digits" else f"{label:g}")
            writer.writerow([*(f"{value:g}" for value in row), told])
