import {
  NavigationMenu,
  NavigationMenuContent,
  NavigationMenuItem,
  NavigationMenuLink,
  NavigationMenuList,
  NavigationMenuTrigger,
  navigationMenuTriggerStyle,
} from '@/components/ui/navigation-menu';

export default function Site() {
  return (
    <NavigationMenu>
      <NavigationMenuList>
        <NavigationMenuItem>
          <NavigationMenuTrigger>Open</NavigationMenuTrigger>
          <NavigationMenuContent>
            <NavigationMenuLink href="#start">Getting started</NavigationMenuLink>
            <NavigationMenuLink href="#guides">Guides</NavigationMenuLink>
            <NavigationMenuLink href="#api">Reference</NavigationMenuLink>
          </NavigationMenuContent>
        </NavigationMenuItem>
        <NavigationMenuItem>
          <NavigationMenuLink href="#prices" className={navigationMenuTriggerStyle()}>
            Prices
          </NavigationMenuLink>
        </NavigationMenuItem>
      </NavigationMenuList>
    </NavigationMenu>
  );
}
