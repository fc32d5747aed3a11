# The case, and the human.

case-title = Case { $number } is open
case-named = Case { $number }
case-phone = Support by telephone: { $phone }
case-keep = Keep the number { $number }: it is all you need to ask about it.
holder-administrators = your administrators
holder-support = support

person-title = A person takes over: case { $number }
person-next = Your request for a person is recorded for the people who look after you. They read it with everything you wrote here.
person-nothing-said = You have not described the problem yet: the person will ask you.
person-already = You have asked for a person already: case { $number }. You can still describe another problem here.
