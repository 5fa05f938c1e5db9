# A student's first class, with an unlucky attribute name
class Course:
    def __init__(self, title, class, room):
        self.title = title
        self.room = room


course = Course("Maths", "7b", 12)
print(course.title)
