# Levels, the questions that decide between them, and why.

severity-A = A, critical
severity-B = B, high
severity-C = C, non-critical
severity-A-choice = A – critical (down for several)
severity-B-choice = B – high (works badly)
severity-C-choice = C – non-critical (can wait)

question-people = Who is affected?
question-work = Can they still work?
question-why = About { $category }. Your answer decides how urgent this is.

answer-people-one = Only me
answer-people-one-also = just me|me|only one person|one person|one user|myself|a single user|one
answer-people-several = Several people
answer-people-several-also = several|a few|some|a team|my team|our team|the team|the whole team|many|many people|a few people|some people|several users|two|three
answer-people-everyone = Everyone
answer-people-everyone-also = everybody|all|all of us|the whole company|whole company|the entire company|all users|whole office|the whole office
answer-work-blocked = No, it is blocked
answer-work-blocked-also = no|blocked|not at all|nothing works|completely blocked|stuck|we are blocked|impossible
answer-work-impaired = Yes, but badly
answer-work-impaired-also = badly|with difficulty|partly|partially|slowly|more or less|yes
answer-work-workaround = Yes, there is a workaround
answer-work-workaround-also = workaround|there is a workaround|yes there is a way round|there is a way round|a way round|another way|no hurry|not urgent

quoted = “{ $words }”
because = because of: { $reasons }
because-nothing = nothing in your message says how many are affected
