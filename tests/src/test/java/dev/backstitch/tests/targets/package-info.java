/**
 * Targets, by topic, and the tests that run them.
 *
 * <table>
 *   <caption>Where to look, and where a new case belongs</caption>
 *   <tr><td>{@code kinds}</td><td>the kinds of method by annotation and return type; recursion, depth</td></tr>
 *   <tr><td>{@code methods}</td><td>static, instance, inner, bridge, lambda …; access to what only the class may use</td></tr>
 *   <tr><td>{@code stack}</td><td>operands below a suspension; {@code new} with suspending arguments</td></tr>
 *   <tr><td>{@code locals}</td><td>types, merges and lifetimes of local variables</td></tr>
 *   <tr><td>{@code exceptions}</td><td>try, catch, finally, resources</td></tr>
 *   <tr><td>{@code control}</td><td>loops and switches</td></tr>
 *   <tr><td>{@code handmade}</td><td>bytecode that no Java compiler writes; sizes near the limits</td></tr>
 *   <tr><td>{@code refused}</td><td>what cannot be rewritten, with its code on the line; the messages' texts</td></tr>
 *   <tr><td>{@code classfile}</td><td>what reflection sees; class files to be left alone</td></tr>
 * </table>
 *
 * To add a case: write a method marked {@code @HardCase} with its number (0 when it has none) in the target of its topic.
 * A new target goes into {@code Targets}; one that needs a newer language into {@code src/targets21} or
 * {@code src/targets25} and {@code NewerLanguageTest}.
 */
package dev.backstitch.tests.targets;
