using System.Text;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>Content that is text alone: its blocks joined by line ends.</summary>
internal static class TextBlocks
{
    /// <returns>Null where there is none.</returns>
    public static string? Read(FieldReader fields, string name)
    {
        var texts = new List<string>();
        var isThere = BlockReader.TryRead(fields, name, texts.Add, (type, block) =>
            texts.Add(type == "text" ? BlockReader.Text(block) : throw BlockReader.Refused(type, block, "'text'")));
        return isThere ? new StringBuilder().AppendJoin('\n', texts).ToString() : null;
    }
}
