/// A form of a page.
package struct FormView {
  let method: String
  let formAddress: String
  let encoding: String?
  let hidden: [Hidden]
  let formWords: String?
  let fields: [FieldView]
  let button: String
  let buttonStyle: String?
  /// Whether it may be sent again without the page being loaded anew, as what it brings is a file.
  let isRepeatable: Bool

  struct Hidden {
    let hiddenName: String
    let hiddenValue: String
  }

  /// A form that sends its fields to an address; what a post must carry is among the hidden ones.
  init(
    _ address: String, method: String = "post", encoding: String? = nil,
    hidden: [(String, String)] = [], words: String? = nil, _ fields: [FieldView] = [],
    button: String, style: String? = nil, isRepeatable: Bool = false
  ) {
    self.method = method
    formAddress = address
    self.encoding = encoding
    self.hidden = hidden.map { Hidden(hiddenName: $0, hiddenValue: $1) }
    formWords = words
    self.fields = fields
    self.button = button
    buttonStyle = style
    self.isRepeatable = isRepeatable
  }
}

/// One field of a form with its label, a hint and what is wrong with it.
package struct FieldView {
  let fieldID: String
  let fieldName: String
  let label: String
  let hint: String?
  let wrong: String?
  let describedBy: String?
  let fieldValue: String
  let inputType: String
  let longest: Int
  let lines: Int
  let isNeeded: Bool
  let isLine: Bool
  let isArea: Bool
  let isChoice: Bool
  let isTick: Bool
  let isChosen: Bool
  let isFile: Bool
  let choices: [Choice]

  struct Choice {
    let choiceValue: String
    let choiceName: String
    let isPicked: Bool
  }

  /// What is typed or chosen.
  enum Kind {
    case line, password, day, month
    case area(lines: Int)
    case tick, file
    case choice([(value: String, name: String)])
  }

  init(
    _ name: String, id: String? = nil, _ label: String, _ kind: Kind = .line, hint: String? = nil,
    value: String = "", longest: Int = 200, isNeeded: Bool = false, wrong: String? = nil
  ) {
    let id = id ?? name
    fieldID = id
    fieldName = name
    self.label = label
    self.hint = hint
    self.wrong = wrong
    let described = [hint.map { _ in "\(id)-hint" }, wrong.map { _ in "\(id)-error" }]
      .compactMap { $0 }
    describedBy = described.isEmpty ? nil : described.joined(separator: " ")
    fieldValue = value
    self.longest = longest
    self.isNeeded = isNeeded
    var (type, lines, isTick, isFile) = ("text", 0, false, false)
    var choices: [Choice] = []
    switch kind {
    case .line: break
    case .password: type = "password"
    case .day: type = "date"
    case .month: type = "month"
    case .area(let count): lines = count
    case .tick: isTick = true
    case .file: isFile = true
    case .choice(let all):
      choices = all.map {
        Choice(choiceValue: $0.value, choiceName: $0.name, isPicked: $0.value == value)
      }
    }
    inputType = type
    self.lines = lines
    isArea = lines > 0
    self.isTick = isTick
    isChosen = isTick && value == "true"
    self.isFile = isFile
    self.choices = choices
    isChoice = !choices.isEmpty
    isLine = !isArea && !isTick && !isFile && choices.isEmpty
  }
}
