using FsCheck;
using FsCheck.Fluent;
using Koinon.Primitives.Rlp;

namespace Koinon.Primitives.Tests.Rlp;

public sealed class RlpWriterTests
{
    [Fact]
    public void Lists_BegunAndEnded_AreAsTheDefinitionHasThem() =>
        Prop.ForAll(RlpTrees.Arbitrary, static tree =>
        {
            RlpWriter writer = new(stackalloc byte[16]);
            WriteWithMarks(ref writer, tree);
            bool same = writer.Written.SequenceEqual(tree.Encode());
            writer.Dispose();
            return same;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lists_OfKnownLength_AreAsTheDefinitionHasThem() =>
        Prop.ForAll(RlpTrees.Arbitrary, static tree =>
        {
            RlpWriter writer = new([]);
            WriteWithHeaders(ref writer, tree);
            bool same = writer.Written.SequenceEqual(tree.Encode());
            writer.Dispose();
            return same;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Integers_OfAnyLength_AreAsTheDefinitionHasThem()
    {
        for (int bit = -1; bit < 256; bit++)
        {
            foreach (int distance in new[] { -1, 0, 1 })
            {
                UInt256 value = unchecked((bit < 0 ? UInt256.Zero : UInt256.One << bit) + (UInt256)distance);
                byte[] expected = NaiveRlp.Number(value).Encode();
                RlpWriter writer = new(new byte[64]);
                writer.Write(value);
                Assert.Equal(expected, writer.Written.ToArray());
                Assert.Equal(expected.Length, RlpWriter.LengthOf(value));
                RlpReader reader = new(writer.Written);
                Assert.Equal(RlpError.None, reader.ReadUInt256(out UInt256 read));
                Assert.Equal(value, read);
                if (value.IsUInt64)
                {
                    RlpWriter shorter = new(new byte[64]);
                    shorter.Write(value.U0);
                    Assert.Equal(expected, shorter.Written.ToArray());
                    Assert.Equal(expected.Length, RlpWriter.LengthOf(value.U0));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(55, 1)]
    [InlineData(56, 2)]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    [InlineData(65535, 3)]
    [InlineData(65536, 4)]
    [InlineData(1 << 24, 5)]
    [InlineData(int.MaxValue, 5)]
    public void HeaderLength_AtItsBorders_IsExact(int contentLength, int expected) =>
        Assert.Equal(expected, RlpWriter.HeaderLength(contentLength));

    [Fact]
    public void Writing_IntoABufferThatSuffices_AllocatesNothing()
    {
        byte[] data = new byte[100];
        WriteSome(data);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            WriteSome(data);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void WriteSome(byte[] data)
    {
        RlpWriter writer = new(stackalloc byte[256]);
        int list = writer.BeginList();
        writer.Write(ulong.MaxValue);
        writer.Write(UInt256.MaxValue);
        writer.Write(data);
        writer.Write((Address?)null);
        writer.EndList(list);
        writer.Dispose();
    }

    private static void WriteWithMarks(ref RlpWriter writer, NaiveRlp tree)
    {
        if (tree.Items is not { } items)
        {
            writer.Write(tree.Text);
            return;
        }

        int list = writer.BeginList();
        foreach (NaiveRlp item in items)
        {
            WriteWithMarks(ref writer, item);
        }

        writer.EndList(list);
    }

    private static void WriteWithHeaders(ref RlpWriter writer, NaiveRlp tree)
    {
        if (tree.Items is not { } items)
        {
            writer.Write(tree.Text);
            return;
        }

        writer.WriteListHeader(items.Sum(static item => item.Encode().Length));
        foreach (NaiveRlp item in items)
        {
            WriteWithHeaders(ref writer, item);
        }
    }
}
