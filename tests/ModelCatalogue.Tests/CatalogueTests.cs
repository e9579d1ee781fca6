using LocalAI.Pipeline.Testing;

namespace LocalAI.Pipeline.ModelCatalogue.Tests;

public sealed class CatalogueTests : IDisposable
{
    private readonly ModelsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_OfTheFolderThatShips_FindsTinyChatAlone()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "models");
        var catalogue = Catalogue.Load(folder, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Empty(catalogue.Broken);
        var model = catalogue.Find("tiny-chat").Model;
        Assert.NotNull(model);
        Assert.Equal(Path.Combine(folder, "tiny-chat", "tiny-chat-q8_0.gguf"), model.ModelFile);
        Assert.Equal((2048, true, true), (model.ContextSize, model.Embeddings, model.Templates.UseTokenizerTemplate));
        Assert.False((bool)model.TemplateArguments["enable_thinking"]!);
    }

    [Fact]
    public void Load_OfBareFiles_NamesThemWithoutTheirEnding()
    {
        var catalogue = _folder.With("small.gguf", "").With("sub/hidden.gguf", "").With("readme.txt", "").Load();
        var model = Assert.Single(catalogue.Models);
        Assert.Equal(("small", "llama-cpp", Path.Combine(_folder.Path, "small.gguf")), (model.Name, model.Backend, model.ModelFile));
    }

    [Fact]
    public void Load_OfAFileThatAYamlUses_DoesNotListItAgain()
    {
        var catalogue = _folder.With("a.gguf", "").With("p.gguf", "").With("named.yaml", "parameters: {model: ./a.gguf}\nmmproj: p.gguf").Load();
        Assert.Equal(["named"], catalogue.Models.Select(model => model.Name));
    }

    [Fact]
    public void Load_OfASplitModelAndAProjector_ListsTheFirstPartAlone()
    {
        var catalogue = _folder.With("big-00001-of-00002.gguf", "").With("big-00002-of-00002.gguf", "").With("mmproj-big.gguf", "").Load();
        Assert.Equal(["big"], catalogue.Models.Select(model => model.Name));
        Assert.EndsWith("big-00001-of-00002.gguf", catalogue.Models[0].ModelFile, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithABrokenFile_DisablesOnlyThatModel()
    {
        _folder.With("a.gguf", "")
            .With("broken.yaml", "name: sick\nparameters:\n  model: a.gguf\n  temperature: hot\ncontext_size: many\n")
            .With("torn.yaml", "name: [unfinished\nparameters")
            .With("well.yaml", "name: well\nparameters: {model: a.gguf}");
        var catalogue = _folder.Load();
        Assert.Equal(["well"], catalogue.Models.Select(model => model.Name));
        var sick = catalogue.Find("sick").Broken;
        Assert.NotNull(sick);
        Assert.Equal(("broken.yaml", 4, 2), (sick.File, sick.Line, sick.Mistakes.Count));
        Assert.Equal("parameters.temperature is \"hot\", but it must be a number; line 5: context_size is \"many\", but it must be a whole number", sick.Reason);
        Assert.Equal("torn.yaml", catalogue.Find("torn").Broken?.File);
        Assert.Contains(_folder.Errors, line => line.Contains("sick", StringComparison.Ordinal) && line.Contains("broken.yaml, line 4", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_WithOneNameTwice_KeepsTheFirstFileAndSaysSo()
    {
        var catalogue = _folder.With("a.gguf", "").With("b.gguf", "")
            .With("2.yaml", "name: twin\nparameters: {model: b.gguf}").With("1.yaml", "name: twin\nparameters: {model: a.gguf}").Load();
        Assert.Equal("1.yaml", Assert.Single(catalogue.Models).Source);
        Assert.Contains("already that of 1.yaml", Assert.Single(catalogue.Broken).Reason, StringComparison.Ordinal);
        Assert.NotNull(catalogue.Find("twin").Model);
    }

    [Fact]
    public void Find_OfAnAlias_FindsItsModelUnlessTheNameIsTaken()
    {
        var catalogue = _folder.With("a.gguf", "").With("b.gguf", "")
            .With("1.yaml", "name: one\naliases: [uno, two]\nparameters: {model: a.gguf}").With("2.yaml", "name: two\naliases: uno\nparameters: {model: b.gguf}").Load();
        Assert.Equal(("one", "two"), (catalogue.Find("uno").Model?.Name, catalogue.Find("two").Model?.Name));
        Assert.Equal(2, _folder.Warnings.Count(line => line.Contains("alias", StringComparison.Ordinal)));
    }

    [Fact]
    public void Find_OfAnUnknownName_FindsNothing() => Assert.Equal(default, _folder.Load().Find("nobody"));

    [Fact]
    public void Load_OfAFileTooLong_IsRefusedUnread()
    {
        var broken = Assert.Single(_folder.With("long.yaml", $"name: x\ndescription: {new string('x', 1 << 20)}").Load().Broken);
        Assert.Contains("at most 1048576", broken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfTextThatIsNotUtf8_SaysSo()
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, "latin.yaml"), [(byte)'n', (byte)':', (byte)' ', 0xE9, (byte)'\n']);
        Assert.Contains("not UTF-8", Assert.Single(_folder.Load().Broken).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfTooManyFiles_ReadsTheFirstThousandAndSaysSo()
    {
        for (var i = 0; i < 1002; i++)
        {
            _folder.With($"m{i:0000}.gguf", "");
        }

        Assert.Equal(1000, _folder.Load().Models.Count);
        Assert.Contains(_folder.Errors, line => line.Contains("m1000.gguf", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_OfNoFolder_Throws() =>
        Assert.Throws<DirectoryNotFoundException>(() => Catalogue.Load(Path.Combine(_folder.Path, "none"), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));
}
