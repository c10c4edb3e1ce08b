using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Expansion.Engine.Affinity.Mining;

/// <summary>Sorts a basket of distinct items. Most have two to eight, where a general sort spends its time on wrong guesses of the processor.</summary>
internal static class SmallSort
{
    /// <summary>What may be read, though not written, after the end of a basket.</summary>
    public const int Lanes = 8;

    private const int MaxVectors = 4;

    /// <param name="basket">Of distinct items, in an array with room for <see cref="Lanes"/> more after it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sort(Span<int> basket)
    {
        if (basket.Length == 2)
        {
            (basket[0], basket[1]) = (Math.Min(basket[0], basket[1]), Math.Max(basket[0], basket[1]));
        }
        else if (Vector256.IsHardwareAccelerated && basket.Length <= Lanes)
        {
            PlaceFew(basket);
        }
        else if (Vector256.IsHardwareAccelerated && basket.Length <= MaxVectors * Lanes)
        {
            Place(basket);
        }
        else
        {
            basket.Sort();
        }
    }

    /// <summary>Each item goes where the number of smaller ones says: eight comparisons at once and no branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PlaceFew(Span<int> basket)
    {
        ref var first = ref MemoryMarshal.GetReference(basket);
        var items = Vector256.LoadUnsafe(ref first);
        items = Vector256.ConditionalSelect(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(basket.Length)), items, Vector256.Create(int.MaxValue));
        var copy = items;
        for (var i = 0; i < basket.Length; i++)
        {
            var item = Unsafe.Add(ref Unsafe.As<Vector256<int>, int>(ref copy), i);
            var smaller = BitOperations.PopCount(Vector256.GreaterThan(Vector256.Create(item), items).ExtractMostSignificantBits());
            Unsafe.Add(ref first, smaller) = item;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(Span<int> basket)
    {
        Span<int> copy = stackalloc int[MaxVectors * Lanes];
        basket.CopyTo(copy);
        copy[basket.Length..].Fill(int.MaxValue);
        ref var first = ref MemoryMarshal.GetReference(copy);
        for (var i = 0; i < basket.Length; i++)
        {
            var item = Vector256.Create(copy[i]);
            var smaller = 0;
            for (var lane = 0; lane < basket.Length; lane += Lanes)
            {
                smaller += BitOperations.PopCount(Vector256.GreaterThan(item, Vector256.LoadUnsafe(ref first, (nuint)lane)).ExtractMostSignificantBits());
            }

            basket[smaller] = copy[i];
        }
    }
}
