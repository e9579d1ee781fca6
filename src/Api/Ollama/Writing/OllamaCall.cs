using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>A tool call as its pieces add up: Ollama's clients get it whole.</summary>
internal sealed class OllamaCall(int index, string id, string name)
{
    private readonly StringBuilder _arguments = new();

    public int Index => index;

    public string Id => id;

    public string Name => name;

    public void Add(string arguments) => _arguments.Append(arguments);

    /// <summary>The arguments as an object; as a text where the model wrote none, because it was cut or talks nonsense.</summary>
    public void WriteArguments(Utf8JsonWriter json)
    {
        var text = _arguments.ToString();
        try
        {
            using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(text);
        }
    }
}
