using System.Text.Json.Nodes;
using LocalAI.Pipeline.ChatTemplates.GoTemplates;

namespace LocalAI.Pipeline.ChatTemplates.Tests.GoTemplates;

public sealed class GoChatTemplateTests
{
    private static readonly GoChatMessage Call = new()
    {
        Role = "assistant",
        Calls = [new JsonObject { ["index"] = 0, ["id"] = "c", ["type"] = "function", ["function"] = new JsonObject { ["name"] = "f", ["arguments"] = "{}" } }],
    };

    [Theory]
    [InlineData("{{range .FunctionCall}}{{.FunctionCall.Name}}({{.FunctionCall.Arguments}}) {{.ID}} {{.Index}}{{end}}", "f({}) c 0")]
    [InlineData("{{toJson .FunctionCall}}", """[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]""")]
    [InlineData("{{.Role}}|{{.RoleName}}", "CALL|assistant_function_call")]
    [InlineData("{{if .Content}}x{{end}}", "")]
    public void Render_Call_HasTheFieldsOfLocalAIsTypes(string template, string expected) =>
        Assert.Equal(expected, Render(new GoChatTemplate(null, GoTemplate.Parse(template), null, null), [Call], new() { ["assistant_function_call"] = "CALL" }));

    [Theory]
    [InlineData(null, "a\nU:b\n" + """[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]""")]
    [InlineData("--", "a--U:b--" + """[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]""")]
    public void Render_WithoutMessageTemplate_JoinsRolesAndContents(string? separator, string expected) =>
        Assert.Equal(expected, Render(new GoChatTemplate(null, null, null, separator), [new() { Role = "system", Content = "a" }, new() { Role = "user", Content = "b" }, Call], new() { ["user"] = "U:" }));

    [Fact]
    public void Render_SystemMessageInThePrompt_SuppressesTheModelsOwn()
    {
        var template = new GoChatTemplate(GoTemplate.Parse("{{if not .SuppressSystemPrompt}}{{.SystemPrompt}} {{end}}{{.Input}}"), null, null, null);

        Assert.Equal("a", Render(template, [new() { Role = "system", Content = "a" }], []));
        Assert.Equal("own b", Render(template, [new() { Role = "user", Content = "b" }], []));
    }

    [Fact]
    public void Render_FinalMessageThatIsNotShown_CannotBeContinued()
    {
        var template = new GoChatTemplate(GoTemplate.Parse("{{.SystemPrompt}}"), null, null, null);
        var input = new GoChatInput { Messages = [new() { Role = "assistant", Content = "a" }], ContinueFinalMessage = true };

        Assert.True(Assert.Throws<ChatTemplateException>(() => template.Render(input, TestContext.Current.CancellationToken)).IsRaised);
    }

    [Theory]
    [InlineData(null, "<__media__><__media__><__media__>t")]
    [InlineData("{{range .Images}}[img-{{add1 .ID}}]{{end}}{{.Text}}", "[img-1][img-2]t")]
    public void RenderMedia_Template_HasAMarkForEach(string? template, string expected) => Assert.Equal(expected, GoMediaTemplate.Render(template, "t", images: 2, audios: 1, videos: 0));

    private static string Render(GoChatTemplate template, IReadOnlyList<GoChatMessage> messages, Dictionary<string, string> roles) =>
        template.Render(new GoChatInput { Messages = messages, Roles = roles, SystemPrompt = "own" }, TestContext.Current.CancellationToken);
}
