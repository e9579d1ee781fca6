using System.Text;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Api.Requests;

namespace LocalAI.Pipeline.Api.Tests.Requests;

public sealed class FormJsonTests
{
    private static readonly HashSet<string> Typed = ["n", "j"];

    [Theory]
    [InlineData("", "{}")]
    [InlineData("a=1&n=1", """{"a":"1","n":1}""")]
    [InlineData("a=x+y%20%C3%BC%26", """{"a":"x y ü&"}""")]
    [InlineData("n=hot&j={\"a\":[1]}", """{"n":"hot","j":{"a":[1]}}""")]
    [InlineData("n=\"1\"", """{"n":"\"1\""}""")]
    [InlineData("a[b][c]=1&a[b][n]=2", """{"a":{"b":{"c":"1","n":2}}}""")]
    [InlineData("a[0][b]=1&a[0][c]=2&a[1]=3&a[]=4", """{"a":[{"b":"1","c":"2"},"3","4"]}""")]
    [InlineData("n[]=1&n[]=2", """{"n":[1,2]}""")]
    [InlineData("a=1&a=2", """{"a":["1","2"]}""")]
    [InlineData("a=", """{"a":""}""")]
    public void Of_Form_IsThisJson(string form, string json) => Assert.Equal(json, Of(form));

    [Theory]
    [InlineData("a[=1", "invalid_form")]
    [InlineData("a[b]c=1", "invalid_form")]
    [InlineData("[a]=1", "invalid_form")]
    [InlineData("=1", "invalid_form")]
    [InlineData("a[2]=1", "invalid_value")]
    [InlineData("a[99999999999]=1", "invalid_value")]
    [InlineData("a=1&a[b]=1", "invalid_value")]
    [InlineData("a[b]=1&a=1", "invalid_value")]
    [InlineData("a[b]=1&a[0]=1", "invalid_value")]
    [InlineData("a[0]=1&a[b]=1", "invalid_value")]
    public void Of_FormThatDoesNotFitTogether_IsRefused(string form, string code) => Assert.Equal(code, Assert.Throws<ApiException>(() => Of(form)).Error.Code);

    [Fact]
    public void Of_TooManyFieldsOrLevels_IsRefused()
    {
        Assert.Equal("invalid_form", Assert.Throws<ApiException>(() => Of(string.Join('&', Enumerable.Range(0, 5000).Select(i => $"a{i}=1")))).Error.Code);
        Assert.Equal("invalid_form", Assert.Throws<ApiException>(() => Of("a" + string.Concat(Enumerable.Repeat("[b]", 100)) + "=1")).Error.Code);
    }

    private static string Of(string form) => Encoding.UTF8.GetString(FormJson.Of(Encoding.UTF8.GetBytes(form), Typed, new RequestOptions()).Span);
}
