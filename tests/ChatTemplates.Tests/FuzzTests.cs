using System.Text.Json.Nodes;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;

namespace LocalAI.Pipeline.ChatTemplates.Tests;

/// <summary>Random templates with fixed seeds: nothing but a ChatTemplateException may come out.</summary>
public sealed class FuzzTests
{
    private static readonly ChatTemplateLimits Limits = new() { MaxSteps = 20_000, MaxStringLength = 100_000, MaxOutputLength = 100_000, MaxListLength = 10_000 };

    private static readonly string[] Words =
    [
        "{{", "}}", "{%", "%}", "{#", "#}", "{%-", "-%}", "{{-", "-}}", " ", "\n", "if", "elif", "else", "endif", "for", "in", "endfor", "set",
        "endset", "macro", "endmacro", "call", "endcall", "filter", "endfilter", "raw", "endraw", "with", "endwith", "break", "continue",
        "generation", "endgeneration", "not", "and", "or", "is", "defined", "none", "true", "x", "messages", "tools", "loop", "loop.index", "ns", "namespace(",
        "range(", "dict(", "(", ")", "[", "]", "{", "}", ",", ":", "=", "==", "!=", "<", ">", "<=", "|", ".", "+", "-", "*", "/", "//", "%", "**", "~",
        "'a'", "\"b\"", "1", "0", "2.5", "-1", "99999999", "'%s'", "upper", "tojson", "length", "join", "map", "'upper'", "selectattr", "'role'", "list",
        "sort", "default", "items()", "split(", "strip()", "replace(", "append(", "format(", "role", "content", "[0]", "[-1]", "[::-1]", "[1:", "recursive", "caller()",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Render_TokenSoup_OnlyFailsAsItShould(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < 4_000; i++)
        {
            int length = random.Next(1, 30);
            string soup = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, length).Select(_ => Words[random.Next(Words.Length)]));
            Try(random.Next(3) switch { 0 => "{{ " + soup + " }}", 1 => "{% " + soup + " %}", _ => soup });
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Render_MutatedFamilies_OnlyFailsAsItShould(int seed)
    {
        Random random = new(seed);
        string[] sources = [.. Conformance.ExpectedOutcomes.Families().Select(Conformance.ExpectedOutcomes.Family)];
        for (int i = 0; i < 600; i++) Try(Mutate(random, sources[random.Next(sources.Length)]));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Render_MutatedSnippets_OnlyFailsAsItShould(int seed)
    {
        Random random = new(seed);
        string[] sources = [.. Conformance.ExpectedOutcomes.Read("expected.json")["snippets"]!.AsArray().Select(node => (string)node!["template"]!)];
        for (int i = 0; i < 4_000; i++) Try(Mutate(random, sources[random.Next(sources.Length)]));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Render_GoTokenSoup_OnlyFailsAsItShould(int seed)
    {
        string[] words = ["{{", "}}", "{{-", "-}}", " ", "if", "else", "end", "range", "with", ".Input", ".Functions", ".", "$", "$x", ":=", "=", ",", "|", "(", ")",
            "eq", "ne", "and", "or", "not", "toJson", "trim", "add1", "default", "printf", "\"%s\"", "`r`", "1", "-2", "true", "nil", "/*", "*/", "repeat", "99999999", "index", "len", "break", "list"];
        Random random = new(seed);
        for (int i = 0; i < 5_000; i++)
        {
            string soup = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 25)).Select(_ => words[random.Next(words.Length)]));
            try
            {
                GoTemplate.Parse(random.Next(2) == 0 ? soup : "{{ " + soup + " }}", Limits).Render(new GoTemplateInput { Input = "in", Functions = [1, "two"] }, TestContext.Current.CancellationToken);
            }
            catch (ChatTemplateException)
            {
                continue;
            }
        }
    }

    private static string Mutate(Random random, string source)
    {
        StringBuilder text = new(source);
        for (int i = random.Next(1, 6); i > 0 && text.Length > 2; i--)
        {
            int at = random.Next(text.Length - 1);
            switch (random.Next(5))
            {
                case 0: text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)); break;
                case 1: text.Insert(at, Words[random.Next(Words.Length)]); break;
                case 2: text[at] = (char)random.Next(32, 127); break;
                case 3: text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at))); break;
                default: text[at] = (char)random.Next(0, 0xffff); break;
            }
        }

        return text.ToString();
    }

    private static void Try(string source)
    {
        JsonObject context = Conformance.ExpectedOutcomes.Read("context.json");
        try
        {
            ChatTemplate.Parse(source, Limits).RenderVariables(
                context.Select(v => KeyValuePair.Create(v.Key, JsonValues.From(v.Value))), default, TestContext.Current.CancellationToken);
        }
        catch (ChatTemplateException)
        {
            return;
        }
        catch (Exception fault)
        {
            Assert.Fail($"{fault.GetType().Name}: {fault.Message}\n{fault.StackTrace}\n{source}");
        }
    }
}
