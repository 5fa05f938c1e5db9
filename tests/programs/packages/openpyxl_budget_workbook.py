from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

book = Workbook()
sheet = book.active
sheet.title = "Budget"
sheet.append(["Month", "Rent", "Food", "Total"])
for month, rent, food in [("Jan", 800, 210.5), ("Feb", 800, 198), ("Mar", 815, 240.25)]:
    sheet.append([month, rent, food, f"=B{sheet.max_row + 1}+C{sheet.max_row + 1}"])
for cell in sheet[1]:
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDEEFF")
    cell.alignment = Alignment(horizontal="center")
sheet.column_dimensions["A"].width = 18
sheet.merge_cells("A6:C6")
sheet["A6"] = "Überschuss"
notes = book.create_sheet("Notes", 0)
notes["B2"].number_format, notes["B2"].value = "0.00%", 0.125
book.save("budget.xlsx")

again = load_workbook("budget.xlsx")
print(again.sheetnames, again["Budget"].dimensions)
for row in again["Budget"].iter_rows(min_row=1, max_row=4, values_only=True):
    print(row)
budget = again["Budget"]
print("food total", sum(c.value for c in budget["C"][1:4]))
print(budget["A1"].font.bold, budget["A1"].fill.fgColor.rgb, budget.column_dimensions["A"].width)
print(budget.merged_cells.ranges, budget["A6"].value, again["Notes"]["B2"].number_format)
print(get_column_letter(28), [c.coordinate for c in budget["B2:C2"][0]])
