using LocalAI.Pipeline.Backends.Llama.Grammars;

namespace LocalAI.Pipeline.Backends.Llama.Tests.Grammars;

public sealed class GbnfCheckTests
{
    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"")]
    [InlineData("# comment\nroot ::= item+ # more\nitem ::= \"- \" [^\\n]+ \"\\n\"\n")]
    [InlineData("root ::= (\"a\" |\n  \"b\"){2,5} [a-z]{3} \"x\"? .")]
    [InlineData("root ::= value\nvalue ::= \"[\" (value (\",\" value)*)? \"]\" | [0-9]+")]
    [InlineData("root ::= ws* \"x\"\nws ::= \" \"?")]
    [InlineData("root ::= \"\\x41\\u00e4\\U0001F600\\\"\\\\\" [\\]\\-\\[]")]
    public void Create_GrammarOfTheDocumentedSyntax_IsAcceptedByLlamaCpp(string grammar)
    {
        using GrammarState state = GrammarState.Create(TinyChat.Model.Vocabulary, grammar);

        Assert.False(state.MayEnd());
    }

    [Theory]
    [InlineData("", "no rule 'root'")]
    [InlineData("main ::= \"x\"", "no rule 'root'")]
    [InlineData("root ::= item", "uses rule 'item' but does not define it")]
    [InlineData("root = \"x\"", "line 1, column 6: '::=' expected")]
    [InlineData("root ::= \"x\"\nitem ::= \"open", "line 2, column 15: the text is not closed")]
    [InlineData("root ::= [a-z", "the character class is not closed")]
    [InlineData("root ::= \"\\q\"", "unknown escape '\\q'")]
    [InlineData("root ::= \"\\u12x4\"", "4 hexadecimal digits")]
    [InlineData("root ::= (\"a\"", "')' expected")]
    [InlineData("root ::= * \"a\"", "nothing comes before '*'")]
    [InlineData("root ::= \"a\"{3,2}", "contradict")]
    [InlineData("root ::= \"a\"{99999999999}", "too large")]
    [InlineData("root ::= \"a\" )", "unexpected ')'")]
    [InlineData("root ::= root \"x\" | \"y\"", "left-recursive")]
    [InlineData("root ::= a\na ::= b \"x\"\nb ::= a | \"y\"", "left-recursive")]
    [InlineData("root ::= maybe root \"x\"\nmaybe ::= \"m\"?", "left-recursive")]
    [InlineData("root ::= \"a\0b\"", "NUL")]
    public void Run_UnusableGrammar_IsRefusedWithItsPlace(string grammar, string reason)
    {
        var refused = Assert.Throws<GrammarException>(() => GbnfCheck.Run(grammar));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GrammarWithMorePathsThanCanBeWalked_IsRefused()
    {
        string chain = string.Concat(Enumerable.Range(0, 64).Select(i => $"r{i} ::= r{i + 1} | r{i + 1}\n"));

        Assert.Throws<GrammarException>(() => GbnfCheck.Run($"root ::= r0\n{chain}r64 ::= \"x\""));
    }

    [Fact]
    public void Run_GrammarThatNestsOrRepeatsWithoutEnd_IsRefused()
    {
        Assert.Throws<GrammarException>(() => GbnfCheck.Run($"root ::= {new string('(', 100_000)}"));
        Assert.Throws<GrammarException>(() => GbnfCheck.Run($"root ::= \"{new string('a', 10_000)}\"{{2000}}"));
        Assert.Throws<GrammarException>(() => GbnfCheck.Run($"root ::= \"{new string('a', 600_000)}\""));
    }

    [Fact]
    public void Run_RandomMutationsOfAGrammar_EndInAcceptanceByLlamaCppOrAReason()
    {
        const string seed = "root ::= (\"ab\" | [a-z]{1,3})* end # x\nend ::= \"!\"? root-2\nroot-2 ::= \"z\" | end-3\nend-3 ::= .";
        const string letters = "()[]{}|*+?\"'\\-:=#\n ab1,.<>!";
        var random = new Random(7);
        for (int round = 0; round < 3000; round++)
        {
            char[] text = seed.ToCharArray();
            for (int change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = letters[random.Next(letters.Length)];
            try
            {
                GrammarState.Create(TinyChat.Model.Vocabulary, new string(text)).Dispose();
            }
            catch (GrammarException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void MayEnd_GrammarThatIsComplete_SaysSo()
    {
        using GrammarState state = GrammarState.Create(TinyChat.Model.Vocabulary, "root ::= \"a\"");
        int token = Assert.Single(TinyChat.Model.Vocabulary.Tokenize("a", addSpecial: false));

        Assert.False(state.MayEnd());
        Assert.True(state.TryAccept(token));
        Assert.True(state.MayEnd());
        Assert.False(state.TryAccept(token));
    }
}
