using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Anthropic.Reading;

/// <summary><c>context_management</c>: conversations are read as they are sent, so only what changes nothing is taken. Agents send that always.</summary>
internal static class ContextManagement
{
    public static void Check(FieldReader fields)
    {
        if (fields.Object("context_management") is not { } management)
        {
            return;
        }

        foreach (var (path, value) in management.Items("edits") ?? [])
        {
            var edit = new FieldReader(value, path);
            if (edit.RequiredText("type") != "clear_thinking_20251015" || !KeepsAll(edit))
            {
                throw RequestErrors.Unsupported(path, "conversations are read as they are sent; shorten them before.");
            }

            edit.RefuseOthers();
        }

        management.RefuseOthers();
    }

    private static bool KeepsAll(FieldReader edit)
    {
        var keep = edit.Take("keep");
        return keep is { ValueKind: JsonValueKind.String } word && word.GetString() == "all";
    }
}
