using LocalAI.Pipeline.Backends.Llama.Vocabularies;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>
/// The prompt that fills a gap, in tokens and as llama.cpp's server writes it: other files first (the repository pattern of
/// arXiv 2409.12186, section 3.1), then what is before the gap and what is after it. A text's own markers are text. Nothing is
/// cut: a prompt over the context is refused like any other.
/// </summary>
internal static class InfillPrompt
{
    // Names that the model only needs to be there, as llama.cpp's server has them.
    private const string Repository = "myproject\n";
    private const string File = "filename\n";
    private const string Snippet = "\n\n--- snippet ---\n\n";

    internal static int[] Build(InfillOptions gap, Vocabulary vocabulary)
    {
        InfillTokens marks = vocabulary.Infill
            ?? throw CallErrors.Unsupported("this model cannot fill a gap: its vocabulary has no tokens for what is before it, after it and in it");
        var prompt = new List<int>();
        if (marks.Repository is int repository)
            prompt.AddRange([repository, .. Text(vocabulary, Repository)]);
        foreach (InfillFile file in gap.Files)
        {
            prompt.AddRange(marks.File is int mark ? [mark, .. Text(vocabulary, file.Name + "\n")] : Text(vocabulary, Snippet));
            prompt.AddRange(Text(vocabulary, file.Text));
        }
        if (marks.File is int own)
            prompt.AddRange([own, .. Text(vocabulary, File)]);
        if (marks.Begin is int begin)
            prompt.Add(begin);
        prompt.AddRange([marks.Prefix, .. Text(vocabulary, gap.Prefix), .. Text(vocabulary, gap.Start)]);
        prompt.AddRange([marks.Suffix, .. Text(vocabulary, gap.Suffix), marks.Middle]);
        return [.. prompt];
    }

    private static int[] Text(Vocabulary vocabulary, string text) => vocabulary.Tokenize(text, addSpecial: false, parseSpecial: false);
}
