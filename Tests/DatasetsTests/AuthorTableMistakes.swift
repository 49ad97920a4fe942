import Experiments

extension AuthorTableTests {
  static let mistakes: [Mistake] = [
    Mistake(
      text: "",
      message: """
        'own.csv' is empty
        fix: write a header and rows
        """),
    Mistake(
      text: "x,y\n",
      message: """
        'own.csv' has no rows
        note: a data set needs two rows or more
        fix: add rows under the header
        """),
    Mistake(
      text: "x,y\n1,a\n",
      message: """
        'own.csv' has one row
        note: a data set needs two rows or more
        fix: add rows under the header
        """),
    Mistake(
      text: "x;y\n1;a\n",
      message: """
        the header of 'own.csv' is one column, 'x;y'
        note: at own.csv:1:1
        fix: separate the cells by commas
        """),
    Mistake(
      text: "x,,y\n1,2,a\n",
      message: """
        a column has no name
        note: at own.csv:1:3
        fix: name it in the header
        """),
    Mistake(
      text: "x,y,x\n1,2,a\n",
      message: """
        two columns are named 'x'
        note: at own.csv:1:5
        fix: give each column a name of its own
        """),
    Mistake(
      text: "x,Outcome\n1,a\n", target: "outcome",
      message: """
        'own.csv' has no column 'outcome' for 'target'
        note: its columns are 'x', 'Outcome'
        fix: write 'Outcome'
        """),
    Mistake(
      text: "x,y\n1,a\n", group: "patient",
      message: """
        'own.csv' has no column 'patient' for 'group'
        note: its columns are 'x', 'y'
        """),
    Mistake(
      text: "x,y\n1,a\n", group: "y",
      message: """
        'y' is both 'target' and 'group' of 'mine'
        fix: name another column, or leave 'group' out
        """),
    Mistake(
      text: "y\na\nb\n",
      message: """
        'own.csv' has no feature columns
        note: every column but target, group and item is a feature
        fix: add at least one column of numbers
        """),
    Mistake(
      text: "x,y\n1,a\n2\n",
      message: """
        a row has 1 cell, the header has 2
        note: at own.csv:3:1
        fix: give every row a cell for each column
        """),
    Mistake(
      text: "x,y\n1,\"a\nb\"\n2,b,3\n",
      message: """
        a row has 3 cells, the header has 2
        note: at own.csv:4:1
        fix: give every row a cell for each column
        """),
    Mistake(
      text: "é,x,y\n1,2,a\n2,two,b\n2,three,b\n",
      message: """
        'two' in the column 'x' is not a number
        note: at own.csv:3:3; a feature is a number
        fix: correct the cell
        """),
    Mistake(
      text: "city,x,name,y\nUlm,1,Ada,a\nBonn,2,Bob,b\n",
      message: """
        the columns 'city', 'name' hold text
        note: at own.csv:2:1; a feature is a number
        fix: write 0 and 1 in a column for each category, name it as 'group', or remove the column
        """),
    Mistake(
      text: "x,y\n1,a\n,b\n",
      message: """
        a value is missing in the column 'x'
        note: at own.csv:3:1; an empty cell, NA, NaN, null and ? count as missing
        fix: remove the row, or fill the cell in
        """),
    Mistake(
      text: "x,y\n1,a\n2,NA\n",
      message: """
        a value is missing in the column 'y'
        note: at own.csv:3:3; an empty cell, NA, NaN, null and ? count as missing
        fix: remove the row, or fill the cell in
        """),
    Mistake(
      text: "x,y\n1,a\n1e39,b\n",
      message: """
        the number 1e+39 in the column 'x' is too large
        note: at own.csv:3:1; features are single-precision numbers, at most 3.4e38
        fix: use another unit
        """),
    Mistake(
      text: "x,y\n1,2\n2,high\n", kind: .regression,
      message: """
        'high' in the target 'y' is not a number
        note: at own.csv:3:3; the target of a regression is a number
        fix: correct the cell, or write 'kind: classification'
        """),
    Mistake(
      text: "x,y\n1,2\n2,2\n", kind: .regression,
      message: """
        the target 'y' of 'own.csv' is the same in every row
        fix: name another target
        """),
    Mistake(
      text: "x,y\n1,a\n2,a\n",
      message: """
        the target 'y' of 'own.csv' has one class only, 'a'
        fix: add rows of another class
        """),
    Mistake(
      text: "x,y\n1,1.5\n2,1.7\n",
      message: """
        every row of 'own.csv' has another value in the target 'y'
        note: with 'kind: classification' each value is a class
        fix: write 'kind: regression', or name another target
        """),
    Mistake(
      text: "x,y\n1,\"a\n2,b\n",
      message: """
        a quote is never closed
        note: at own.csv:2:3
        fix: close it, or double the quotes inside a quoted cell
        """),
    Mistake(
      text: "x,y\n1,\"a\"b\n",
      message: """
        text follows a closing quote
        note: at own.csv:2:6
        fix: double the quotes inside a quoted cell
        """),
    Mistake(
      text: "x,y\r\n1,5\"\r\n",
      message: """
        a quote stands inside a cell without quotes
        note: at own.csv:2:4
        fix: put the whole cell into quotes and double the quotes inside
        """),
    Mistake(
      text: "x,y\n1,a\n2,b\n3\u{1B}[31m,b\n",
      message: """
        '3·[31m' in the column 'x' is not a number
        note: at own.csv:4:1; a feature is a number
        fix: correct the cell
        """),
  ]
}
