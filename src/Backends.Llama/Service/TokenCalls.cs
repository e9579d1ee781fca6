using Google.Protobuf;
using LocalAI.Pipeline.Backends.Llama.Loading;
using LocalAI.Pipeline.Backends.Protocol.Messages;

namespace LocalAI.Pipeline.Backends.Llama.Service;

/// <summary>Text to tokens and back, as a call wants it.</summary>
internal static class TokenCalls
{
    internal static TokenizationResponse Tokenize(PredictOptions request, LoadedModel model, CancellationToken cancellationToken)
    {
        string text = PredictReader.Prompt(request, model, cancellationToken);
        int[] tokens = request.UseTokenizerTemplate && request.Messages.Count > 0
            ? model.TokenizePrompt(text)
            : model.Model.Vocabulary.Tokenize(text, Switches.Read(request, "add_special", otherwise: false), Switches.Read(request, "parse_special", otherwise: true));
        var response = new TokenizationResponse { Length = tokens.Length, Tokens = { tokens } };
        if (Switches.Read(request, "with_pieces", otherwise: false))
            response.Pieces.AddRange(tokens.Select(token => ByteString.CopyFrom(model.Model.Vocabulary.Piece(token))));
        return response;
    }

    /// <summary>Tokens that native code may be given: it does not check.</summary>
    internal static int[] Checked(LoadedModel model, IReadOnlyList<int> tokens)
    {
        foreach (int token in tokens)
        {
            if (!model.Model.Vocabulary.Contains(token))
                throw CallErrors.Invalid($"there is no token {token}; the vocabulary has 0 to {model.Model.Vocabulary.Size - 1}");
        }
        return [.. tokens];
    }
}
