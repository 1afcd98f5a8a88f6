let a = 1
let b = a
++a
const f = () => {
  return
  a
}
b
;[1].map(f)
;(() => {})()
var c
if (a) b
else c
do { a-- } while (a)
b
throw a /* the end */
