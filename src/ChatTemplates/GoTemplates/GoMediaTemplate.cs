namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>LocalAI's <c>template.multimodal</c>: a message's text with a mark for each picture, sound and film.</summary>
public static class GoMediaTemplate
{
    // LocalAI's own: all marks before the text.
    private const string Usual = "{{range .Audio}}<__media__>{{end}}{{range .Images}}<__media__>{{end}}{{range .Video}}<__media__>{{end}}{{.Text}}";

    /// <param name="source">Null for the usual one.</param>
    /// <exception cref="ChatTemplateException">The template is none, failed or breached a limit.</exception>
    public static string Render(string? source, string text, int images, int audios, int videos)
    {
        var limits = ChatTemplateLimits.Default;
        var state = new RenderState(limits, [], new Frame(null, 0), CancellationToken.None);
        var data = Conversation.Dict(("Images", Numbered(images)), ("Audio", Numbered(audios)), ("Video", Numbered(videos)), ("Text", text));
        GoNode.WriteAll(state, GoParser.Parse(source ?? Usual, limits), new GoScope(data));
        return state.Output.ToString();
    }

    private static ListValue Numbered(int count) => new([.. Enumerable.Range(0, count).Select(id => (object)Conversation.Dict(("ID", Box.Of((long)id))))]);
}
