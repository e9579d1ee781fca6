using System.Net.Http.Json;
using System.Text.Json;
using LocalAI.Pipeline.Scenarios.Processes;
using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.Scenarios;

/// <summary>The model that ships, with Go templates in its file instead of its own Jinja.</summary>
public sealed class Serving_a_model_with_LocalAIs_templates : IDisposable
{
    private const string Yaml = """
        name: templated
        parameters:
          model: tiny-chat-q8_0.gguf
          temperature: 0
        context_size: 2048
        stopwords: ["<|im_end|>"]
        template:
          join_chat_messages_by_character: ""
          chat_message: |
            <|im_start|>{{ .RoleName }}
            {{ .Content }}<|im_end|>
          chat: |+
            {{ .Input -}}
            <|im_start|>assistant
            <think>

            </think>


        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    [Fact]
    public async Task It_answers_as_with_its_own()
    {
        var patience = Patience.Token();
        File.Copy(Path.Combine(RepositoryRoot.Find(), "models", "tiny-chat", "tiny-chat-q8_0.gguf"), Path.Combine(_folder, "tiny-chat-q8_0.gguf"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "templated.yaml"), Yaml, patience);
        await using var host = await ServerProcess.StartAsync("Standalone", new Dictionary<string, string> { ["urls"] = "http://127.0.0.1:0", ["Models:Folder"] = _folder }, patience);
        await host.WaitUntilReadyAsync(patience);
        var chat = new { model = "templated", messages = new[] { new { role = "user", content = "Say this is a test!" } } };
        var rendered = await PostAsync(host, "/apply-template", chat, patience);
        var answer = await PostAsync(host, "/v1/chat/completions", chat, patience);

        Assert.StartsWith("<|im_start|>user\nSay this is a test!<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n", rendered.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        Assert.Equal("This is a test!", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<JsonElement> PostAsync(ServerProcess host, string path, object body, CancellationToken patience)
    {
        using var answer = await host.Client.PostAsJsonAsync(path, body, patience);
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>(patience);
        Assert.True(answer.IsSuccessStatusCode, read.ToString());
        return read;
    }
}
