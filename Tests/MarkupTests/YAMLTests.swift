import Diagnostics
import Markup
import Testing

@Suite struct YAMLTests {
  @Test(arguments: [
    ("```claim x\n```\n", "{}@1:1-1"),
    ("---\n---\n", "{}@1:1-1"),
    ("x\n\n```claim x\n\n# only a comment\n```\n", "{}@4:1-1"),
    ("---\ntitle: é x # c\n---\n", "{title@2:1-6: é x@2:8-11}@2:1-11"),
    (
      "```claim x\na: on\nb: 1:30\nc: 0 .. 4\nd: 1e-4 .. 1e-1 log\n```\n",
      "{a@2:1-2: on@2:4-6, b@3:1-2: 1:30@3:4-8, c@4:1-2: 0 .. 4@4:4-10, "
        + "d@5:1-2: 1e-4 .. 1e-1 log@5:4-20}@2:1-5:20"
    ),
    (
      "> ```claim x\n> é: [😀, 'y''', {z: \"w\\t\"}] \n> ```\n",
      "{é@2:3-4: [😀@2:7-8, \"y\\'\"@2:10-15, {z@2:18-19: \"w\\t\"@2:21-26}@2:17-27]@2:6-28}@2:3-28"
    ),
    (
      "- ```claim x\n  c:\n    - d\n    - e: f\n      g:\n  h: 1\n  ```\n",
      "{c@2:3-4: [d@3:7-8, {e@4:7-8: f@4:10-11, g@5:7-8: @5:9-9}@4:7-5:9]@3:5-5:9, h@6:3-4: 1@6:6-7}@2:3-6:7"
    ),
    (
      "```claim x\r\nh: |\r\n  text\r\n  more\r\n\r\ni: >-\r\n  folded\r\n  too\r\n```\r\n",
      "{h@2:1-2: \"text\\nmore\\n\"@2:4-4:7, i@6:1-2: \"folded too\"@6:4-8:6}@2:1-8:6"
    ),
    ("1. a\n\n\t```claim x\n\ta: b\n\t```\n", "{a@4:2-3: b@4:5-6}@4:2-6"),
    (
      "```claim x\na: b\n  c\nd: 'e\n  f'\n```\n",
      "{a@2:1-2: b c@2:4-3:4, d@4:1-2: \"e f\"@4:4-5:5}@2:1-5:5"
    ),
    ("```claim x\n? a\n? b\n```\n", "{a@2:3-4: @3:1-1, b@3:3-4: @3:4-4}@2:1-3:4"),
    (
      "```claim x\n- {a}\n- [b: c]\n```\n",
      "[{a@2:4-5: @2:5-5}@2:3-6, [{b@3:4-5: c@3:7-8}@3:4-8]@3:3-9]@2:1-3:9"
    ),
    ("```claim x\n%YAML 1.2\n---\na: '<<'\n```\n", "{a@4:1-2: \"<<\"@4:4-8}@4:1-8"),
  ])
  func trees(text: String, expected: String) {
    let result = readYAML(text)
    #expect(result.diagnostics == "")
    #expect(result.tree.map(outline) == expected)
  }

  @Test func repeatedKeysTagsAndMergeKeysArePassedOver() {
    let result = readYAML(
      "```claim x\nb: 1\n<<: {a: 1}\nc: {d: 1, d: [2]}\nb: {e: !!int 3}\nf: !g [h]\n\"b\": 2\n```\n")
    #expect(
      result.diagnostics == """
        a.md:3:1: error: merge keys are not part of the study language [yaml-merge-key]
            3 | <<: {a: 1}
              | ^~
           fix: repeat the keys
        a.md:4:11: error: the key 'd' stands twice [duplicate-key]
            4 | c: {d: 1, d: [2]}
              |           ^
           note: it first stands on line 4
           fix: keep one of the two
        a.md:5:1: error: the key 'b' stands twice [duplicate-key]
            5 | b: {e: !!int 3}
              | ^
           note: it first stands on line 2
           fix: keep one of the two
        a.md:5:8: error: tags are not part of the study language [yaml-tag]
            5 | b: {e: !!int 3}
              |        ^~~~~
           note: the key a value belongs to tells its type
           fix: remove the tag
        a.md:6:4: error: tags are not part of the study language [yaml-tag]
            6 | f: !g [h]
              |    ^~
           note: the key a value belongs to tells its type
           fix: remove the tag
        a.md:7:1: error: the key 'b' stands twice [duplicate-key]
            7 | "b": 2
              | ^~~
           note: it first stands on line 2
           fix: keep one of the two
        """)
    #expect(
      result.tree.map(outline)
        == "{b@2:1-2: 1@2:4-5, c@4:1-2: {d@4:5-6: 1@4:8-9}@4:4-18, f@6:1-2: [h@6:8-9]@6:4-10}@2:1-6:10")
  }

  @Test func partsOfScalars() throws {
    let text = """
      ```claim x
      - mean(a) > 0
      - 'mean(a) > 0'
      - mean(a)
        > 0
      - >-
        mean(a)
        > 0
      - "mean\\x28a) > 0"
      ```
      """
    guard case .sequence(let items, _)? = readYAML(text).tree else {
      Issue.record("not a list")
      return
    }
    let places = items.map { item in
      if case .scalar(let scalar) = item { place(scalar.part(offset: 8, length: 3)) } else { "" }
    }
    #expect(places == ["2:11-14", "3:12-15", "5:3-6", "8:3-6", "9:3-19"])
  }
}
