using FsCheck;
using FsCheck.Fluent;

namespace Koinon.Primitives.Tests.Rlp;

/// <summary>Trees of RLP items, small ones first; they shrink to their parts.</summary>
public static class RlpTrees
{
    public static Arbitrary<NaiveRlp> Arbitrary => Arb.From(Gen.Sized(Tree), Shrink);

    private static Gen<NaiveRlp> Text =>
        from kind in Gen.Choose(0, 9)
        from length in kind == 0 ? Gen.Choose(0, 300) : kind < 4 ? Gen.Choose(54, 57) : Gen.Choose(0, 3)
        from bytes in Gen.ArrayOf(ArbMap.Default.GeneratorFor<byte>(), length)
        select NaiveRlp.String(bytes);

    private static Gen<NaiveRlp> Tree(int size) =>
        size <= 1
            ? Text
            : from isList in Gen.Choose(0, 2)
              from count in Gen.Choose(0, 4)
              from items in Gen.ListOf(Tree(size / 3), count)
              from text in Text
              select isList == 0 ? text : NaiveRlp.List(items);

    private static IEnumerable<NaiveRlp> Shrink(NaiveRlp tree)
    {
        if (tree.Items is { } items)
        {
            foreach (NaiveRlp item in items)
            {
                yield return item;
            }

            for (int i = 0; i < items.Count; i++)
            {
                yield return NaiveRlp.List(items.Where((_, index) => index != i));
            }
        }
        else if (tree.Text is { Length: > 0 } text)
        {
            yield return NaiveRlp.String(text[..(text.Length / 2)]);
            yield return NaiveRlp.String(text[1..]);
        }
    }
}
