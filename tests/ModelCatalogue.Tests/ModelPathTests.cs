namespace LocalAI.Pipeline.ModelCatalogue.Tests;

public sealed class ModelPathTests : IDisposable
{
    private readonly ModelsFolder _folder = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("outside-").FullName;

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    [Theory]
    [InlineData("../secret.gguf")]
    [InlineData("sub/../../secret.gguf")]
    [InlineData("..\\\\secret.gguf")]
    [InlineData("/etc/passwd")]
    [InlineData("~/secret.gguf")]
    [InlineData("https://example.invalid/model.gguf")]
    [InlineData("huggingface://someone/model.gguf")]
    [InlineData("a\\0b.gguf")]
    public void Read_OfAPathOutside_RefusesIt(string path)
    {
        var broken = _folder.Broken($"name: m\nparameters:\n  model: \"{path}\"");
        Assert.Equal(3, broken.Line);
        Assert.StartsWith("parameters.model is", broken.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("there is no file", broken.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mmproj")]
    [InlineData("draft_model")]
    [InlineData("lora_adapter")]
    public void Read_OfAnotherFileOutside_RefusesIt(string key) =>
        Assert.Contains("leads out of the models folder", _folder.Broken($"parameters: {{model: weights.gguf}}\n{key}: ../x.gguf").Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAPathOutsideForABackendThatLooksUpNames_RefusesItToo() =>
        Assert.Contains("leads out", _folder.Broken("backend: vllm\nparameters: {model: ../x}").Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_OfAMissingFile_NamesItsPath() =>
        Assert.Contains(
            $"there is no file {Path.Combine(_folder.Path, "none.gguf")}",
            _folder.Broken("parameters: {model: none.gguf}").Reason,
            StringComparison.Ordinal);

    [Fact]
    public void Read_OfALinkThatLeadsOut_RefusesIt()
    {
        File.WriteAllText(Path.Combine(_outside, "secret.gguf"), "");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "file.gguf"), Path.Combine(_outside, "secret.gguf"));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "folder"), _outside);
        var catalogue = _folder.With("a.yaml", "parameters: {model: file.gguf}").With("b.yaml", "parameters: {model: folder/secret.gguf}").Load();
        Assert.Empty(catalogue.Models);
        Assert.Equal(["a", "b", "file"], catalogue.Broken.Select(broken => broken.Name));
        Assert.All(catalogue.Broken, broken => Assert.Contains("symbolic link that leads out", broken.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OfALinkInsideAndACircle_FollowsTheOneAndMissesTheOther()
    {
        _folder.With("real/weights.gguf", "");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "linked"), "real");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "circle.bin"), "circle.bin");
        var catalogue = _folder.With("a.yaml", "parameters: {model: linked/weights.gguf}").With("b.yaml", "parameters: {model: circle.bin}").Load();
        Assert.Equal(["a"], catalogue.Models.Select(model => model.Name));
        Assert.Equal(["b"], catalogue.Broken.Select(broken => broken.Name));
    }

    [Fact]
    public void Load_OfAFolderThatIsALink_WorksAsTheFolder()
    {
        var link = Path.Combine(_outside, "models");
        Directory.CreateSymbolicLink(link, _folder.With("small.gguf", "").Path);
        var catalogue = Catalogue.Load(link, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(Path.Combine(link, "small.gguf"), Assert.Single(catalogue.Models).ModelFile);
    }
}
