using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LocalAI.Pipeline.Architecture.Tests;

/// <summary>A project's assembly, read as metadata: nothing of it is loaded.</summary>
internal sealed class CompiledProject : IDisposable
{
    private const string Prefix = "LocalAI.Pipeline.";

    private readonly PEReader _file;
    private readonly MetadataReader _reader;

    private CompiledProject(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
    }

    /// <summary>Projects of ours that its code uses.</summary>
    public IEnumerable<string> References =>
        _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]);

    /// <summary>Classes that could be inherited from, and are not. The compiler's Program cannot be sealed.</summary>
    public IEnumerable<string> UnsealedClasses
    {
        get
        {
            var types = _reader.TypeDefinitions.Select(_reader.GetTypeDefinition).ToList();
            var inherited = types.Select(type => Bare(type.BaseType)).ToHashSet(StringComparer.Ordinal);
            return types
                .Where(type => (type.Attributes & (TypeAttributes.Interface | TypeAttributes.Abstract | TypeAttributes.Sealed)) == 0)
                .Select(type => _reader.GetString(type.Name))
                .Where(name => !name.Contains('<', StringComparison.Ordinal) && name != "Program" && !inherited.Contains(name));
        }
    }

    /// <summary>The newest build in the configuration that this test was built in.</summary>
    public static CompiledProject Open(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var beside = Path.Combine(output.FullName, $"{Prefix}{project}.dll");
        var own = Path.Combine(SourceTree.Root, "src", project, "bin", output.Parent!.Name, output.Name, $"{Prefix}{project}.dll");
        return new CompiledProject(File.Exists(beside) ? beside : own);
    }

    public void Dispose() => _file.Dispose();

    private string Bare(EntityHandle handle) => handle.IsNil ? "" : handle.Kind switch
    {
        HandleKind.TypeDefinition => _reader.GetString(_reader.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
        HandleKind.TypeReference => _reader.GetString(_reader.GetTypeReference((TypeReferenceHandle)handle).Name),
        _ => "",
    };
}
