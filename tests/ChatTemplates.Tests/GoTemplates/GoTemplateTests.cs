using System.Text.Json.Nodes;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;

namespace LocalAI.Pipeline.ChatTemplates.Tests.GoTemplates;

public sealed class GoTemplateTests
{
    private static readonly GoTemplateInput Input = new()
    {
        Input = "hello", Content = " hi ", RoleName = "user", Role = "user", SystemPrompt = "", MessageIndex = 2, LastMessage = true,
        Functions = [new JsonObject { ["name"] = "f", ["parameters"] = new JsonObject { ["b"] = 1, ["a"] = "<x>" } }],
        FunctionCall = new JsonObject { ["name"] = "g" },
    };

    [Theory]
    [InlineData("{{.Input}}", "hello")]
    [InlineData("{{ .Input }}!\n", "hello!\n")]
    [InlineData("a  {{- .Input -}}  b", "ahellob")]
    [InlineData("a {{-3}} b", "a -3 b")]
    [InlineData("{{if eq .RoleName \"system\"}}S{{else if eq .RoleName \"user\"}}U{{else}}A{{end}}", "U")]
    [InlineData("{{if .SystemPrompt}}S{{else}}none{{end}}", "none")]
    [InlineData("{{if and .Input (not .SystemPrompt)}}yes{{end}}", "yes")]
    [InlineData("{{or .SystemPrompt .Input}}{{and .SystemPrompt .Input}}", "hello")]
    [InlineData("{{if ne .MessageIndex 0}}later{{end}}", "later")]
    [InlineData("{{if gt .MessageIndex 1}}{{add1 .MessageIndex}}{{end}}", "3")]
    [InlineData("{{eq .Role \"a\" \"user\"}}", "true")]
    [InlineData("{{trim .Content}}|{{.Content | trim | upper}}", "hi|HI")]
    [InlineData("{{toJson .Functions}}", "[{\"name\":\"f\",\"parameters\":{\"b\":1,\"a\":\"\\u003cx\\u003e\"}}]")]
    [InlineData("{{range .Functions}}{{.Name}}:{{toJson .Parameters}};{{end}}", "f:{\"b\":1,\"a\":\"\\u003cx\\u003e\"};")]
    [InlineData("{{range $i, $f := .Functions}}{{$i}}{{$f.name}}{{$.Input}}{{end}}", "0fhello")]
    [InlineData("{{range .Metadata}}x{{else}}empty{{end}}", "empty")]
    [InlineData("{{with .FunctionCall}}{{.name}}{{end}}{{with .SystemPrompt}}x{{else}}y{{end}}", "gy")]
    [InlineData("{{$x := .Input}}{{$x}}{{if true}}{{$x = \"b\"}}{{end}}{{$x}}", "hellob")]
    [InlineData("{{/* comment */}}a{{- /* b */ -}}  c", "ac")]
    [InlineData("{{`raw \\n`}}{{\"esc\\n\"}}", "raw \\nesc\n")]
    [InlineData("{{contains \"ell\" .Input}}{{hasPrefix \"he\" .Input}}{{hasSuffix \"x\" .Input}}", "truetruefalse")]
    [InlineData("{{.SystemPrompt | default \"d\"}}{{default \"d\" .Input}}", "dhello")]
    [InlineData("{{printf \"%s-%d\" .Input .MessageIndex}}{{len .Input}}{{index .Functions 0 \"name\"}}", "hello-25f")]
    [InlineData("{{lower \"ABC\"}}{{replace \"l\" \"L\" .Input}}{{trimPrefix \"he\" .Input}}{{join \",\" (list 1 2)}}", "abcheLLollo1,2")]
    [InlineData("{{if .LastMessage}}last{{end}}{{if .Function}}f{{end}}", "last")]
    [InlineData("{{range .Functions}}{{break}}x{{end}}{{add 1 2}}{{sub 5 2}}{{ternary \"y\" \"n\" true}}", "33y")]
    [InlineData("no actions { } }}", "no actions { } }}")]
    public void Render_Template_GivesWhatGoGives(string source, string expected) =>
        Assert.Equal(expected, GoTemplate.Parse(source).Render(Input, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("{{.Input")]
    [InlineData("{{if .Input}}x")]
    [InlineData("{{end}}")]
    [InlineData("{{else}}")]
    [InlineData("{{template \"x\"}}")]
    [InlineData("{{break}}")]
    [InlineData("{{nofunction 1}}")]
    [InlineData("{{$nope}}")]
    [InlineData("{{.Input.More}}")]
    [InlineData("{{\"open}}")]
    [InlineData("{{ }}")]
    [InlineData("{{repeat 999999999 \"ab\"}}")]
    [InlineData("{{/* open }}")]
    public void Render_BadTemplate_Fails(string source) =>
        Assert.Throws<ChatTemplateException>(() => GoTemplate.Parse(source).Render(Input, TestContext.Current.CancellationToken));

    [Fact]
    public void Parse_NestedTooDeep_Fails()
    {
        Assert.Throws<ChatTemplateException>(() => GoTemplate.Parse("{{" + new string('(', 10_000)));
        Assert.Throws<ChatTemplateException>(() => GoTemplate.Parse(string.Concat(Enumerable.Repeat("{{if .Input}}", 10_000))));
        Assert.Throws<ChatTemplateException>(() => GoTemplate.Parse("{{if .Input}}" + string.Concat(Enumerable.Repeat("{{else if .Input}}", 10_000)) + "{{end}}"));
    }
}
