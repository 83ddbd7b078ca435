// What a server of this kind says of a value that it does not take, for those who read another language
// than the server speaks. What is not in the list stays as it is.
const korean = [
  [/^is required$/, "필수 입력 항목입니다."],
  [/^is not allowed$/, "허용되지 않는 항목입니다."],
  [/^must not be null$/, "값을 입력해야 합니다."],
  [/^must have at least (\d+) characters?$/, "$1자 이상이어야 합니다."],
  [/^must have at most (\d+) characters?$/, "$1자 이하여야 합니다."],
  [/^must have at least (\d+) (items?|members?)$/, "$1개 이상이어야 합니다."],
  [/^must have at most (\d+) (items?|members?)$/, "$1개 이하여야 합니다."],
  [/^must not have the same item twice$/, "같은 값을 두 번 입력할 수 없습니다."],
  [/^must be at least (\S+)$/, "$1 이상이어야 합니다."],
  [/^must be at most (\S+)$/, "$1 이하여야 합니다."],
  [/^must be more than (\S+)$/, "$1보다 커야 합니다."],
  [/^must be less than (\S+)$/, "$1보다 작아야 합니다."],
  [/^must be a multiple of (\S+)$/, "$1의 배수여야 합니다."],
  [/^must match the pattern (.*)$/, "형식에 맞지 않습니다. ($1)"],
  [/^must be one of (number|integer), null$/, "숫자를 입력하거나 비워 두어야 합니다."],
  [/^must be one of (.*)$/, "다음 중 하나여야 합니다: $1"],
  [/^must be an integer$/, "정수여야 합니다."],
  [/^must be a number$/, "숫자여야 합니다."],
  [/^must be a boolean$/, "예 또는 아니요여야 합니다."],
  [/^must be an e-mail address$/, "올바른 이메일 주소여야 합니다."],
  [/^must be a date such as (.*)$/, "올바른 날짜여야 합니다. (예: $1)"],
  [/^must be a date and time such as (.*)$/, "올바른 날짜와 시각이어야 합니다. (예: $1)"],
  [/^must be a UUID$/, "올바른 UUID여야 합니다."],
  [/^must be an absolute URI$/, "전체 URL을 입력해야 합니다."],
  [/^is out of range$/, "허용 범위를 벗어났습니다."],
  [/^the value of (.*) is taken$/i, "이미 사용 중인 값입니다. ($1)"],
  [/^the request is not valid$/i, "입력 내용을 확인해 주세요."],
];

// detail is a server's sentence in a language.
export function detail(language, text) {
  const known = language === "ko" && korean.find(([pattern]) => pattern.test(text));
  return known ? text.replace(known[0], known[1]) : text;
}
