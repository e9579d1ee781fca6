using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Vocabularies;

public sealed class VocabularyTests
{
    private static readonly Vocabulary Vocabulary = TinyChat.Model.Vocabulary;

    [Theory]
    [InlineData("")]
    [InlineData("Hello, world!")]
    [InlineData("  spaces\tand\nlines  ")]
    [InlineData("Ünïcödé €, 日本語, 👩‍🚀")]
    [InlineData("<|im_start|>user\nHi<|im_end|>")]
    public void Detokenize_WhatWasTokenized_GivesTheTextAgain(string text)
    {
        int[] tokens = Vocabulary.Tokenize(text, addSpecial: false);

        Assert.Equal(text, Vocabulary.Detokenize(tokens));
    }

    [Theory]
    [InlineData("<|im_start|>")]
    [InlineData("<think>")]
    [InlineData("</think>")]
    [InlineData("<tool_call>")]
    [InlineData("</tool_call>")]
    public void Piece_MarkerThatIsOneToken_IsRenderedAsText(string marker)
    {
        int token = Assert.Single(Vocabulary.Tokenize(marker, addSpecial: false));

        Assert.Equal(marker, System.Text.Encoding.UTF8.GetString(Vocabulary.Piece(token)));
    }

    [Fact]
    public void IsEndOfGeneration_EndOfTurnAndText_AreButOpenersAreNot()
    {
        Assert.True(Vocabulary.IsEndOfGeneration(Assert.Single(Vocabulary.Tokenize("<|im_end|>", addSpecial: false))));
        Assert.False(Vocabulary.IsEndOfGeneration(Assert.Single(Vocabulary.Tokenize("<|im_start|>", addSpecial: false))));
    }
}
