namespace LocalAI.Pipeline.ObjectStorage.Tests;

public sealed class ObjectKeyTests
{
    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("ä")]
    public void Of_WhatIsNoPart_IsRefused(string part)
    {
        Assert.Throws<ArgumentException>(() => ObjectKeys.File(part));
        Assert.Null(ObjectKey.TryParse($"files/{part}/"));
    }

    [Fact]
    public void Of_TooMuch_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ObjectKeys.File(new string('a', 101)));
        Assert.Throws<ArgumentException>(() => ObjectKey.Of(["1", "2", "3", "4", "5", "6", "7", "8", "9"]));
        Assert.Throws<ArgumentException>(() => ObjectKey.Of([]));
    }

    [Fact]
    public void TryParse_OfAKey_IsTheKey() => Assert.Equal(ObjectKeys.UploadPart("upload_1", "part_1"), ObjectKey.TryParse("uploads/upload_1/part_1"));
}
