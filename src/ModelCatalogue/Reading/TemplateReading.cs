using System.Text.Json.Nodes;
using LocalAI.Pipeline.ModelCatalogue.Yaml;

namespace LocalAI.Pipeline.ModelCatalogue.Reading;

/// <summary>Reads <c>template</c> and the variables of the chat template.</summary>
internal static class TemplateReading
{
    public static TemplateSettings Read(ModelSection template)
    {
        var read = new TemplateSettings
        {
            Chat = template.Text("chat"),
            ChatMessage = template.Text("chat_message"),
            Completion = template.Text("completion"),
            Edit = template.Text("edit"),
            Function = template.Text("function"),
            Multimodal = template.Text("multimodal"),
            JoinChatMessagesByCharacter = template.Text("join_chat_messages_by_character"),
            UseTokenizerTemplate = template.Flag("use_tokenizer_template") ?? false,
        };
        template.Unused("reply_prefix");
        template.WarnUnknown();
        return read;
    }

    /// <summary><c>chat_template_kwargs</c>, or in our words.</summary>
    public static JsonObject ReadArguments(ModelSection root)
    {
        if (root.Entry("chat_template_kwargs", "template_arguments") is not { } entry)
        {
            return [];
        }

        if (entry.Value is YamlMap map)
        {
            return (JsonObject)YamlJson.Convert(map)!;
        }

        root.WrongKind(entry, root.PathOf(entry.Key), "a section with keys");
        return [];
    }
}
