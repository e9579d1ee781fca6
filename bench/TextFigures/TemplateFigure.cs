using System.Globalization;
using System.Text.Json.Nodes;
using LocalAI.Pipeline.ChatTemplates;
using LocalAI.Pipeline.Driving;

namespace LocalAI.Pipeline.TextFigures;

/// <summary>A chat of 20 messages with a tool, rendered by each template of a folder.</summary>
internal static class TemplateFigure
{
    private const int Messages = 20;

    public static async Task RunAsync(string folder, int rounds, TextWriter output, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new BenchException($"there is no folder {folder}: run it from the repository's root, or give --templates");
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.jinja").Order(StringComparer.Ordinal))
        {
            var template = ChatTemplate.Parse(await File.ReadAllTextAsync(file, cancellationToken));
            var input = Input();
            var prompt = template.Render(input, cancellationToken);
            var (median, _) = Timing.Of(() => template.Render(input, cancellationToken), rounds);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"chat of {Messages} messages, {Path.GetFileNameWithoutExtension(file),-12} {median:0.000} ms for {prompt.Length} characters"));
        }
    }

    private static ChatTemplateInput Input()
    {
        var messages = new JsonArray();
        for (var i = 0; i < Messages; i++)
        {
            var role = i == 0 ? "system" : i % 2 == 1 ? "user" : "assistant";
            messages.Add(new JsonObject { ["role"] = role, ["content"] = Prompts.Create(i, 60) });
        }

        var tool = JsonNode.Parse("""
            {"type":"function","function":{"name":"get_weather","description":"The weather of a city","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Its name"}},"required":["city"]}}}
            """);
        return new ChatTemplateInput { Messages = messages, Tools = [tool], BosToken = "<s>", EosToken = "</s>", Now = DateTimeOffset.UnixEpoch };
    }
}
