using System.Text;
using Koinon.Rpc.Ipc;

namespace Koinon.Rpc.Tests.Ipc;

public sealed class JsonFramerTests
{
    private const string Stream = """
        {"a":"}{\"]["}[1,[2,{"b":"\\"}]]"text"
        17 true{} []
        """;

    private static readonly string[] Values =
        ["{\"a\":\"}{\\\"][\"}", "[1,[2,{\"b\":\"\\\\\"}]]", "\"text\"", "17", "true{}", "[]"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void TryEnd_WhateverThePieces_FindsTheSameValues(int piece)
    {
        List<string> values = [];
        StringBuilder value = new();
        JsonFramer framer = default;
        byte[] bytes = Encoding.UTF8.GetBytes(Stream);
        for (int start = 0; start < bytes.Length; start += piece)
        {
            ReadOnlySpan<byte> left = bytes.AsSpan(start, Math.Min(piece, bytes.Length - start));
            while (!left.IsEmpty)
            {
                bool isWhole = framer.TryEnd(left, out int length);
                value.Append(Encoding.UTF8.GetString(left[..length]));
                left = left[length..];
                if (isWhole)
                {
                    values.Add(value.ToString().Trim());
                    value.Clear();
                }
            }
        }

        Assert.Equal(Values, values);
    }

    [Fact]
    public void TryEnd_OfClosingBracketsAlone_EndsAtEach()
    {
        JsonFramer framer = default;
        Assert.True(framer.TryEnd("}}"u8, out int length));
        Assert.Equal(1, length);
        Assert.False(framer.HasBegun);
    }
}
