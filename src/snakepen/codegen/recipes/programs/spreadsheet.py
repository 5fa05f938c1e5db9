"""Makes a spreadsheet with formulas and a chart, saved as budget.xlsx."""

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

ROWS = [
    ("Month", "Income", "Costs"),
    ("January", 2100, 1830),
    ("February", 2100, 1910),
    ("March", 2250, 1780),
]


def make(path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Budget"
    for row in ROWS:
        sheet.append(row)
    last = sheet.max_row
    sheet["D1"] = "Left"
    for row in range(2, last + 1):
        sheet[f"D{row}"] = f"=B{row}-C{row}"
    sums = [f"=SUM({column}2:{column}{last})" for column in "BCD"]
    sheet.append(["In all", *sums])
    for row in (1, last + 1):
        for cell in sheet[row]:
            cell.font = Font(bold=True)
    sheet.column_dimensions["A"].width = 14
    sheet.freeze_panes = "A2"

    chart = BarChart()
    chart.title = "Income and costs"
    data = Reference(sheet, min_col=2, max_col=3, min_row=1, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    sheet.add_chart(chart, "F2")
    book.save(path)


def main():
    make("budget.xlsx")
    for row in load_workbook("budget.xlsx").active.iter_rows(values_only=True):
        print("".join(f"{value!s:14}" for value in row).rstrip())
    print("Saved as budget.xlsx; the formulas are worked out when it is opened.")


if __name__ == "__main__":
    main()
