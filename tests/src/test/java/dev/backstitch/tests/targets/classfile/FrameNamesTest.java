package dev.backstitch.tests.targets.classfile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstitch.Gen;
import dev.backstitch.annotations.Generator;
import dev.backstitch.engine.model.FrameNames;
import dev.backstitch.tests.harness.WeavingResults;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of frame classes: readable, the same in every build, and never one for two methods, whatever they are called. */
class FrameNamesTest {
    static class Outer {
        @Generator
        static Gen<String> in$ner() {
            Gen.yield("Outer.in$ner");
            return Gen.end();
        }

        @Generator
        static Gen<String> lower() {
            Gen.yield("Outer.lower");
            return Gen.end();
        }

        @Generator
        static Gen<String> LOWER() {
            Gen.yield("Outer.LOWER");
            return Gen.end();
        }

        @Generator
        static Gen<String> in$deep$er() {
            Gen.yield("Outer.in$deep$er");
            return Gen.end();
        }

        static class in {
            @Generator
            static Gen<String> ner() {
                Gen.yield("Outer.in.ner");
                return Gen.end();
            }

            @Generator
            static Gen<String> deep$er() {
                Gen.yield("Outer.in.deep$er");
                return Gen.end();
            }

            static class deep {
                @Generator
                static Gen<String> er() {
                    Gen.yield("Outer.in.deep.er");
                    return Gen.end();
                }
            }
        }
    }

    @Test
    void should_name_frames_apart_when_a_dollar_sign_is_in_a_method_or_between_classes() {
        List<String> names = WeavingResults.ofClassPath(Outer.class).results().values().stream()
                .flatMap(result -> result.frames().keySet().stream())
                .map(name -> name.substring(name.indexOf("Outer")))
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "Outer$LOWER$$Frame2",
                        "Outer$in$deep$er$$Frame",
                        "Outer$in$deep-er$$Frame",
                        "Outer$in$ner$$Frame",
                        "Outer$in-deep-er$$Frame",
                        "Outer$in-ner$$Frame",
                        "Outer$lower$$Frame"),
                names);
    }

    @Test
    void should_run_each_generator_when_their_frames_could_have_one_name() throws ReflectiveOperationException {
        Class<?> outer = WeavingResults.ofClassPath(Outer.class).load(Outer.class.getName());
        for (Class<?> type : List.of(Outer.class, Outer.in.class, Outer.in.deep.class)) {
            Class<?> woven = Class.forName(type.getName(), true, outer.getClassLoader());
            for (Method method : type.getDeclaredMethods()) {
                Method generator = woven.getDeclaredMethod(method.getName());
                generator.setAccessible(true);
                String path = type.getName().replaceFirst(".*Outer", "Outer").replace('$', '.');
                assertEquals(path + "." + method.getName(), ((Gen<?>) generator.invoke(null)).next());
            }
        }
    }

    @Test
    void should_keep_names_apart_when_a_method_is_called_what_another_one_becomes() {
        FrameNames names = new FrameNames("Outer");
        List<String> made = Stream.of("a$b", "a-b", "a=b", "a=-b", "a==b", "a=$b", "a$=b").map(names::next).toList();
        assertEquals(made.size(), made.stream().distinct().count(), made.toString());
        assertEquals("Outer$a=-b$$Frame", made.get(1));
    }
}
