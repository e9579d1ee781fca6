using System.Text.Json;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;
using LocalAI.Pipeline.Api.Responses.Items;

namespace LocalAI.Pipeline.Api.Responses.Reading;

/// <summary>A message item, with its content as a text or as parts.</summary>
internal static class MessageReader
{
    public static MessageItem Read(FieldReader item)
    {
        var role = item.RequiredText("role");
        if (role is not ("user" or "assistant" or "system" or "developer"))
        {
            throw RequestErrors.WrongValue(item.PathOf("role"), $"is '{Shown.Short(role)}', but must be 'user', 'assistant', 'system' or 'developer'.");
        }

        CheckPhase(item);
        return new MessageItem { Id = ItemReader.Id(item), Status = ItemReader.Status(item), Role = role, Content = Content(item, role == "assistant") };
    }

    private static IReadOnlyList<TextPart> Content(FieldReader item, bool isAssistant)
    {
        if (item.Peek("content") is { ValueKind: JsonValueKind.String } text)
        {
            _ = item.Take("content");
            return [new TextPart(isAssistant ? TextPart.Output : TextPart.Input, text.GetString()!)];
        }

        string[] types = isAssistant ? [TextPart.Output, TextPart.Refusal] : [TextPart.Input];
        return TextPartsReader.Read(item, "content", "a string or an array of parts", types);
    }

    /// <summary>Which of an assistant's messages was meant as the last: no chat template says so.</summary>
    private static void CheckPhase(FieldReader item)
    {
        if (item.Text("phase") is { } phase and not ("commentary" or "final_answer"))
        {
            throw RequestErrors.WrongValue(item.PathOf("phase"), $"is '{Shown.Short(phase)}', but must be 'commentary' or 'final_answer'.");
        }
    }
}
