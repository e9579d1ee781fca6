using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Workers.Text.Generation;

/// <summary>GBNF that holds the raw text, thoughts and calls included.</summary>
/// <param name="Text">Its root is what the whole text, or the text from a trigger on, follows.</param>
/// <param name="Triggers">Texts that put it into force; none: it holds from the start.</param>
internal sealed record AnswerGrammar(string Text, IReadOnlyList<string> Triggers)
{
    public void Fill(PredictOptions request)
    {
        request.Grammar = Text;
        request.GrammarLazy = Triggers.Count > 0;
        request.GrammarTriggers.AddRange(Triggers);
    }
}
