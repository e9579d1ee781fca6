using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary>A field that is a text or an array of blocks; a text is short for one text block.</summary>
internal static class BlockReader
{
    /// <summary>Reads each block; false when there is no such field.</summary>
    /// <param name="text">Takes a text that stands for a text block.</param>
    /// <param name="block">Takes a block by its type, and what is common to all is taken already.</param>
    public static bool TryRead(FieldReader fields, string name, Action<string> text, Action<string, FieldReader> block)
    {
        if (fields.Take(name) is not { } content)
        {
            return false;
        }

        var path = fields.PathOf(name);
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                text(content.GetString()!);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in content.EnumerateArray())
                {
                    One(new FieldReader(item, $"{path}[{index++}]"), block);
                }

                break;
            default:
                throw RequestErrors.WrongType(path, "a string or an array of blocks", FieldReader.Kind(content));
        }

        return true;
    }

    /// <summary>The text of a text block.</summary>
    public static string Text(FieldReader block)
    {
        if (block.Items("citations") is { Count: > 0 })
        {
            throw RequestErrors.Unsupported(block.PathOf("citations"), "citations are not read.");
        }

        return block.RequiredText("text");
    }

    /// <summary>The error for a block that cannot be where it is.</summary>
    public static ApiException Refused(string type, FieldReader block, string allowed) => type switch
    {
        "image" => RequestErrors.Unsupported(block.PathOf("type"), "'image' blocks are read in the content of users alone."),
        "document" or "search_result" or "container_upload" or "tool_reference" =>
            RequestErrors.Unsupported(block.PathOf("type"), $"'{type}' blocks are not read; send their text."),
        "server_tool_use" or "mcp_tool_use" or "mcp_tool_result" => RequestErrors.Unsupported(block.PathOf("type"), "tools of the server are not there."),
        _ when type.EndsWith("_tool_result", StringComparison.Ordinal) => RequestErrors.Unsupported(block.PathOf("type"), "tools of the server are not there."),
        _ => RequestErrors.WrongValue(block.PathOf("type"), $"is '{Shown.Short(type)}', but here it must be {allowed}."),
    };

    private static void One(FieldReader fields, Action<string, FieldReader> block)
    {
        CacheControl.Check(fields);
        block(fields.RequiredText("type"), fields);
        fields.RefuseOthers();
    }
}
