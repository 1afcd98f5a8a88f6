var first, second = 1;
let third;
const fourth = second ?? 2, fifth = [third, first];
{ let third = fourth; { const third = fifth; third.length; } }
export { first, second as renamed };
