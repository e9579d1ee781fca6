namespace LocalAI.Pipeline.Backends.Protocol.Tests;

public sealed class AddressTests
{
    [Theory]
    [InlineData("127.0.0.1:50051", "127.0.0.1", 50051)]
    [InlineData("localhost:0", "localhost", 0)]
    [InlineData("gpu-1.local:65535", "gpu-1.local", 65535)]
    [InlineData("[::1]:8080", "::1", 8080)]
    public void Parse_Tcp_GivesHostAndPort(string text, string host, int port)
    {
        var address = BackendAddress.Parse(text);
        Assert.False(address.IsUnixSocket);
        Assert.Equal((host, port, text), (address.Host, address.Port, address.ToString()));
        Assert.Equal(address, BackendAddress.ForTcp(host, port));
    }

    [Theory]
    [InlineData("unix:/tmp/a.sock", "/tmp/a.sock")]
    [InlineData("unix:///tmp/a.sock", "/tmp/a.sock")]
    [InlineData("unix:a.sock", "a.sock")]
    public void Parse_Socket_GivesItsPath(string text, string path)
    {
        var address = BackendAddress.Parse(text);
        Assert.Equal(path, address.SocketPath);
        Assert.Equal($"unix:{path}", address.ToString());
        Assert.Equal(address, BackendAddress.ForSocket(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("unix:")]
    [InlineData("localhost")]
    [InlineData(":80")]
    [InlineData("localhost:")]
    [InlineData("localhost:65536")]
    [InlineData("localhost:-1")]
    [InlineData("localhost:8 0")]
    [InlineData("::1:80")]
    [InlineData("a b:80")]
    [InlineData("http://localhost:80")]
    public void TryParse_NoAddress_SaysSo(string? text)
    {
        Assert.False(BackendAddress.TryParse(text, out var address, out var error));
        Assert.Null(address);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Parse_SocketPathThatTheSystemCannotTake_SaysTheLimit() =>
        Assert.Contains("107", Assert.Throws<FormatException>(() => BackendAddress.ForSocket("/" + new string('x', 107))).Message, StringComparison.Ordinal);
}
