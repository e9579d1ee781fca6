using Google.Protobuf.Reflection;

namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class ProtocolTests
{
    private const int FirstOfOurs = 10001;

    [Fact]
    public void Service_Compared_HasLocalAisCalls()
    {
        var service = Assert.Single(BackendReflection.Descriptor.Services);
        Assert.Equal("backend.Backend", service.FullName);
        var calls = service.Methods.Select(method => $"{method.Name} {method.InputType.Name} {(method.IsServerStreaming ? "stream " : "")}{method.OutputType.Name}");
        Assert.Equal(Lines(ProtocolTable.Calls).Order(), calls.Order());
        Assert.DoesNotContain(service.Methods, method => method.IsClientStreaming);
    }

    [Fact]
    public void Messages_Compared_HaveLocalAisFields()
    {
        Assert.Equal(Fields(ProtocolTable.Messages).Order(), Described(field => field.FieldNumber < FirstOfOurs).Order());
        Assert.Equal(Lines(ProtocolTable.Messages).Where(IsName).Concat(Lines(ProtocolTable.OurMessages)).Order(), BackendReflection.Descriptor.MessageTypes.Select(message => message.Name).Order());
    }

    [Fact]
    public void Messages_Compared_HaveOurFieldsFrom10001Up() =>
        Assert.Equal(Fields(ProtocolTable.Ours).Order(), Described(field => field.FieldNumber >= FirstOfOurs).Order());

    [Theory]
    [InlineData("PredictOptions", 24)]
    [InlineData("ModelOptions", 16)]
    [InlineData("ModelOptions", 22)]
    [InlineData("ModelOptions", 25)]
    [InlineData("GenerateImageRequest", 3)]
    public void Number_OfAnOlderField_IsNotUsedAgain(string message, int number)
    {
        var descriptor = BackendReflection.Descriptor.FindTypeByName<MessageDescriptor>(message);
        Assert.Null(descriptor.FindFieldByNumber(number));
        Assert.Contains(descriptor.ToProto().ReservedRange, range => range.Start <= number && number < range.End);
    }

    [Fact]
    public void State_Compared_HasLocalAisNumbers()
    {
        var state = StatusResponse.Descriptor.EnumTypes.Single();
        Assert.Equal(
            new Dictionary<string, int> { ["UNINITIALIZED"] = 0, ["BUSY"] = 1, ["READY"] = 2, ["ERROR"] = -1 },
            state.Values.ToDictionary(value => value.Name, value => value.Number));
    }

    [Fact]
    public void EmbeddingLayout_Compared_HasLocalAisNumbers() =>
        Assert.Equal([(0, "EMBEDDING_LAYOUT_UNSPECIFIED"), (1, "EMBEDDING_LAYOUT_FINAL"), (2, "EMBEDDING_LAYOUT_PER_TOKEN")],
            BackendReflection.Descriptor.FindTypeByName<EnumDescriptor>("EmbeddingLayout").Values.Select(value => (value.Number, value.Name)));

    private static IEnumerable<string> Described(Func<FieldDescriptor, bool> wanted) =>
        BackendReflection.Descriptor.MessageTypes
            .SelectMany(message => message.Fields.InDeclarationOrder().Where(wanted).Select(field => $"{message.Name}: {Describe(field)}"));

    private static IEnumerable<string> Fields(string table)
    {
        var message = "";
        foreach (var line in table.Split('\n'))
        {
            if (IsName(line))
            {
                message = line;
                continue;
            }

            foreach (var field in line.Trim().Split(", "))
            {
                yield return $"{message}: {field}";
            }
        }
    }

    private static string Describe(FieldDescriptor field)
    {
        var type = field.IsMap ? $"map<{TypeName(field.MessageType.Fields[1])},{TypeName(field.MessageType.Fields[2])}>"
            : field.IsRepeated ? $"repeated {TypeName(field)}"
            : field.ToProto().Proto3Optional ? $"optional {TypeName(field)}"
            : TypeName(field);
        return $"{field.FieldNumber} {type} {field.Name}";
    }

    private static string TypeName(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Name,
        FieldType.Enum => field.EnumType.Name,
        var type => type.ToString().ToLowerInvariant(),
    };

    private static bool IsName(string line) => !line.StartsWith(' ');

    private static string[] Lines(string text) => text.Split('\n');
}
