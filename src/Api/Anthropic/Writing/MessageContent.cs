using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>The blocks of a whole answer.</summary>
internal sealed class MessageContent(MessageHead head) : IContentOutput
{
    private readonly List<(ContentBlock Block, StringBuilder Text, string? Signature)> _blocks = [];

    public void Start(ContentBlock block) => _blocks.Add((block, new StringBuilder(), null));

    public void Append(ContentBlock block, string text) => _blocks[^1].Text.Append(text);

    public void Stop(ContentBlock block, string? signature) => _blocks[^1] = _blocks[^1] with { Signature = signature };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("content"u8);
        foreach (var (block, text, signature) in _blocks)
        {
            json.WriteStartObject();
            switch (block.Kind)
            {
                case BlockKind.Thinking:
                    MessageJson.Thinking(json, head.OmitsThinking ? "" : text.ToString(), signature ?? "");
                    break;
                case BlockKind.ToolUse:
                    MessageJson.ToolUse(json, block);
                    WriteInput(json, text.ToString());
                    break;
                default:
                    MessageJson.Text(json, text.ToString());
                    break;
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>An input that a limit cut short is no JSON: it is empty then, and the stop reason tells why.</summary>
    private static void WriteInput(Utf8JsonWriter json, string arguments)
    {
        json.WritePropertyName("input"u8);
        if (IsObject(arguments))
        {
            json.WriteRawValue(arguments, skipInputValidation: true);
        }
        else
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
    }

    private static bool IsObject(string arguments)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(arguments));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
