using LocalAI.Pipeline.Messages.Deltas;
using LocalAI.Pipeline.Messages.Text;
using LocalAI.Pipeline.Workers.Text.Tests.Harness;

namespace LocalAI.Pipeline.Workers.Text.Tests.Generation;

/// <summary>Models whose file has LocalAI's templates.</summary>
public sealed class GoPromptsTests
{
    private const string ChatMl = """
        template:
          chat_message: |
            <|im_start|>{{ .RoleName }}
            {{ if .Content -}}
            {{.Content }}
            {{ end -}}
            {{ if .FunctionCall -}}
            {{toJson .FunctionCall}}
            {{ end -}}<|im_end|>
          function: |
            <|im_start|>system
            {{range .Functions}}{'name': '{{.Name}}', 'description': '{{.Description}}', 'parameters': {{toJson .Parameters}}}{{end}}<|im_end|>
            {{.Input -}}
            <|im_start|>assistant
          chat: |
            {{.Input -}}
            <|im_start|>assistant
        """;

    [Fact]
    public async Task Chat_OfAGallerysModel_IsItsPrompt()
    {
        await using var bench = await WorkerBench.StartAsync(ChatMl);
        await bench.RunAsync(WorkerBench.Chat() with
        {
            Messages =
            [
                new ChatMessage { Role = ChatRole.System, Content = "Be brief." },
                new ChatMessage { Role = ChatRole.User, Content = "Hi" },
                new ChatMessage { Role = ChatRole.Assistant, Content = "", ToolCalls = [new ToolCall { Id = "c", Name = "f", Arguments = "{}" }] },
                new ChatMessage { Role = ChatRole.Tool, Content = "5", Name = "f", ToolCallId = "c" },
            ],
        });

        var asked = Assert.Single(bench.Backend.Asked);
        Assert.Equal(
            """
            <|im_start|>system
            Be brief.
            <|im_end|>

            <|im_start|>user
            Hi
            <|im_end|>

            <|im_start|>assistant
            [{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]
            <|im_end|>

            <|im_start|>tool
            5
            <|im_end|>
            <|im_start|>assistant

            """, asked.Prompt);
        Assert.Empty(asked.Messages);
        Assert.False(asked.UseTokenizerTemplate);
    }

    [Fact]
    public async Task Tools_AreToldByTheFunctionTemplate()
    {
        await using var bench = await WorkerBench.StartAsync(ChatMl);
        var command = WorkerBench.Chat() with { Tools = [new ToolDefinition { Name = "f", Description = "d", Parameters = """{"type":"object"}""" }, new ToolDefinition { Name = "g" }] };
        await bench.RunAsync(command with { ToolChoice = new ToolChoice { Mode = ToolChoiceMode.Auto, Allowed = ["f"] } });
        await bench.RunAsync(command with { JobId = Guid.NewGuid(), ToolChoice = new ToolChoice { Mode = ToolChoiceMode.None } });

        var prompts = bench.Backend.Asked.Select(asked => asked.Prompt).ToList();
        Assert.StartsWith("<|im_start|>system\n{'name': 'f', 'description': 'd', 'parameters': {\"type\":\"object\"}}<|im_end|>\n<|im_start|>user\nHi\n", prompts[0], StringComparison.Ordinal);
        Assert.StartsWith("<|im_start|>user\nHi\n", prompts[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roles: {user: 'USER: ', assistant: 'ASSISTANT: '}\ntemplate: {chat: \"{{.SystemPrompt}}|{{.Input}}\\nASSISTANT:\"}\nsystem_prompt: Be kind.", "Be kind.|USER: Hi\nASSISTANT:")]
    [InlineData("template: {chat: \"{{.Input}}\", join_chat_messages_by_character: ''}", "Hi")]
    [InlineData("template: {chat_message: \"{{.Role}}-{{.RoleName}}-{{.MessageIndex}}-{{.LastMessage}}-{{.Function}}\"}\nroles: {user: U}", "U-user-0-true-false")]
    [InlineData("template: {chat: \"{{if .Metadata.loud}}LOUD {{end}}{{.Input}}\"}\nchat_template_kwargs: {loud: true}", "LOUD Hi")]
    public async Task Placeholders_AreLocalAIs(string yaml, string prompt)
    {
        await using var bench = await WorkerBench.StartAsync(yaml);
        await bench.RunAsync(WorkerBench.Chat());

        Assert.Equal(prompt, Assert.Single(bench.Backend.Asked).Prompt);
    }

    [Fact]
    public async Task FinalMessage_IsContinued()
    {
        await using var bench = await WorkerBench.StartAsync(ChatMl);
        await bench.RunAsync(WorkerBench.Chat() with
        {
            Messages = [new ChatMessage { Role = ChatRole.User, Content = "Hi" }, new ChatMessage { Role = ChatRole.Assistant, Content = "Well, I" }],
            ContinueFinalMessage = true,
        });

        Assert.EndsWith("<|im_start|>assistant\nWell, I", Assert.Single(bench.Backend.Asked).Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenizerTemplate_IsUsedWhereTheFileSaysSoOrHasNone()
    {
        await using var said = await WorkerBench.StartAsync("template: {chat: \"{{.Input}}\", use_tokenizer_template: true}");
        await using var none = await WorkerBench.StartAsync();
        await said.RunAsync(WorkerBench.Chat());
        await none.RunAsync(WorkerBench.Chat());

        Assert.All([said, none], bench => Assert.True(Assert.Single(bench.Backend.Asked) is { UseTokenizerTemplate: true, Prompt: "", Messages: [{ Content: "Hi" }] }));
    }

    [Theory]
    [InlineData("template: {chat: mychat}", "m.yaml: template.chat has no placeholder")]
    [InlineData("template: {chat_message: \"{{if}}\"}", "m.yaml: template.chat_message, line 1")]
    [InlineData("template: {chat: \"{{nothing 1}}\"}", "m.yaml: a template of template.* failed")]
    public async Task BrokenTemplate_IsTheModelsFault(string yaml, string reason)
    {
        await using var bench = await WorkerBench.StartAsync(yaml);
        var answer = await bench.RunAsync(WorkerBench.Chat());

        Assert.Equal(FailureCode.ModelBroken, answer.Failure!.Code);
        Assert.Contains(reason, answer.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_CanBeHad()
    {
        await using var bench = await WorkerBench.StartAsync(ChatMl);
        var command = WorkerBench.Chat();
        var answer = await bench.RequestAsync<RenderPrompt, PromptRendered>(new RenderPrompt { JobId = command.JobId, Model = command.Model, Owner = "o", RequestId = "r", Generation = command });

        Assert.Equal("<|im_start|>user\nHi\n<|im_end|>\n<|im_start|>assistant\n", answer.Reply!.Prompt);
    }
}
